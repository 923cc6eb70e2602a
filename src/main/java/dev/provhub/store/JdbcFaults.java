package dev.provhub.store;

import dev.provhub.fault.Fault;
import dev.provhub.fault.Faults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Faults in the database, their messages sealed. */
public final class JdbcFaults implements Faults {
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_REASON = 1000;
    private static final String COLUMNS =
            "select id, feed, subject, endpoint, reason, attempts, first_seen, last_seen, token, message_sealed from fault ";

    private final Jdbc jdbc;
    private final SecretColumn secrets;
    private final Supplier<String> tokens;

    /**
     * Of an open database, which outlives this.
     *
     * @param tokens makes texts of at most 64 characters that no other fault has
     */
    public JdbcFaults(Database database, SecretColumn secrets, Supplier<String> tokens) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
        this.tokens = tokens;
    }

    @Override
    public long keep(Fault.Failure failure, Instant now) {
        String subject = failure.subject() == null ? null : shortened(failure.subject(), LONGEST_SUBJECT);
        return jdbc.run(() -> {
            Optional<Long> earlier = subject == null ? Optional.empty() : again(failure, subject, now);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            String token = tokens.get();
            int kept = jdbc.update(
                    "insert into fault (token, feed, subject, endpoint, reason, attempts, first_seen, last_seen, message_sealed)"
                            + " values (?, ?, ?, ?, ?, 1, ?, ?, ?) on conflict do nothing",
                    Binder.of(
                            token,
                            failure.feed(),
                            subject,
                            failure.endpoint(),
                            shortened(failure.reason(), LONGEST_REASON),
                            now,
                            now,
                            secrets.seal(failure.message(), identity(token))));
            // Another hub may have kept the same at the same moment
            return kept == 1 ? idOf("token", token) : idOf("subject", String.valueOf(subject));
        });
    }

    private Optional<Long> again(Fault.Failure failure, String subject, Instant now) {
        List<Long> ids = jdbc.query(
                "select id from fault where feed = ? and subject = ?",
                Binder.of(failure.feed(), subject),
                row -> row.getLong("id"));
        ids.forEach(id -> {
            String token = tokens.get();
            jdbc.update(
                    "update fault set reason = ?, attempts = attempts + 1, last_seen = ?, endpoint = ?, token = ?,"
                            + " message_sealed = ? where id = ?",
                    Binder.of(
                            shortened(failure.reason(), LONGEST_REASON),
                            now,
                            failure.endpoint(),
                            token,
                            secrets.seal(failure.message(), identity(token)),
                            id));
        });
        return ids.stream().findFirst();
    }

    private long idOf(String column, String value) {
        return jdbc.query("select id from fault where " + column + " = ?", Binder.of(value), row -> row.getLong("id"))
                .get(0);
    }

    @Override
    public boolean failedAgain(long id, String reason, Instant now) {
        return jdbc.run(() -> jdbc.update(
                        "update fault set reason = ?, attempts = attempts + 1, last_seen = ? where id = ?",
                        Binder.of(shortened(reason, LONGEST_REASON), now, id)))
                == 1;
    }

    @Override
    public Optional<Fault> find(long id) {
        return jdbc
                .query(
                        COLUMNS + "where id = ?",
                        Binder.of(id),
                        row -> read(
                                row, secrets.open(row.getString("message_sealed"), identity(row.getString("token")))))
                .stream()
                .findFirst();
    }

    @Override
    public List<Fault> page(@Nullable String feed, long before, int limit) {
        return jdbc.query(
                COLUMNS + "where id < ? and (cast(? as varchar) is null or feed = ?) order by id desc limit ?",
                Binder.of(before, feed, feed, limit),
                row -> read(row, ""));
    }

    @Override
    public boolean remove(long id) {
        return jdbc.run(() -> jdbc.update("delete from fault where id = ?", Binder.of(id))) == 1;
    }

    @Override
    public void settle(String feed, String subject) {
        String kept = shortened(subject, LONGEST_SUBJECT);
        boolean there = !jdbc.query(
                        "select id from fault where feed = ? and subject = ?",
                        Binder.of(feed, kept),
                        row -> row.getLong("id"))
                .isEmpty();
        if (there) {
            jdbc.run(() -> jdbc.update("delete from fault where feed = ? and subject = ?", Binder.of(feed, kept)));
        }
    }

    @Override
    public long count() {
        return jdbc.query("select count(*) from fault", Binder.NONE, row -> row.getLong(1))
                .get(0);
    }

    private static Fault read(ResultSet row, String message) throws SQLException {
        return new Fault(
                row.getLong("id"),
                row.getString("feed"),
                row.getString("subject"),
                row.getString("endpoint"),
                row.getString("reason"),
                row.getInt("attempts"),
                Objects.requireNonNull(RowReader.instant(row, "first_seen")),
                Objects.requireNonNull(RowReader.instant(row, "last_seen")),
                message);
    }

    static String identity(String token) {
        return "fault/" + token + "/message";
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
