package dev.provhub.store;

import dev.provhub.device.DeviceJobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work on many devices, in the database. */
public final class JdbcDeviceJobs implements DeviceJobs {
    private static final int LONGEST_WHO = 255;
    private static final int LONGEST_REASON = 1000;
    private static final String COLUMNS =
            "id, action, filter, who, state, total, done, changed, failed, reason, started, updated, ended";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcDeviceJobs(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public void add(Job job) {
        jdbc.run(() -> jdbc.update(
                "insert into device_job (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Binder.of(
                        job.id(),
                        job.action(),
                        job.filter(),
                        shortened(job.who(), LONGEST_WHO),
                        word(job.state()),
                        job.total(),
                        job.done(),
                        job.changed(),
                        job.failed(),
                        shortened(job.reason(), LONGEST_REASON),
                        job.started(),
                        job.updated(),
                        job.ended())));
    }

    @Override
    public void update(Job job) {
        jdbc.run(() -> jdbc.update(
                """
                update device_job set state = ?, done = ?, changed = ?, failed = ?, reason = ?, updated = ?, ended = ?
                where id = ?
                """,
                Binder.of(
                        word(job.state()),
                        job.done(),
                        job.changed(),
                        job.failed(),
                        shortened(job.reason(), LONGEST_REASON),
                        job.updated(),
                        job.ended(),
                        job.id())));
    }

    @Override
    public void alive(Collection<String> ids, Instant now) {
        jdbc.runLosable(() -> {
            jdbc.batch(
                    "update device_job set updated = ? where id = ? and state = 'running'",
                    ids.stream().map(id -> Binder.of(now, id)).toList());
            return ids;
        });
    }

    @Override
    public Optional<Job> find(String id) {
        return jdbc
                .query("select " + COLUMNS + " from device_job where id = ?", Binder.of(id), JdbcDeviceJobs::read)
                .stream()
                .findFirst();
    }

    @Override
    public List<Job> latest(int limit) {
        return jdbc.query(
                "select " + COLUMNS + " from device_job order by started desc, id limit ?",
                Binder.of(limit),
                JdbcDeviceJobs::read);
    }

    @Override
    public int forgetBefore(Instant time) {
        return jdbc.run(() -> jdbc.update("delete from device_job where started < ?", Binder.of(time)));
    }

    private static Job read(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("action"),
                row.getString("filter"),
                row.getString("who"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("changed"),
                row.getLong("failed"),
                row.getString("reason"),
                Objects.requireNonNull(RowReader.instant(row, "started"), "started"),
                Objects.requireNonNull(RowReader.instant(row, "updated"), "updated"),
                RowReader.instant(row, "ended"));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String shortened(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
