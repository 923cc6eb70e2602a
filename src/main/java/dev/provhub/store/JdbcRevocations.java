package dev.provhub.store;

import dev.provhub.pki.Revocation;
import dev.provhub.pki.Revocations;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is believed no more, in the database. */
public final class JdbcRevocations implements Revocations {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcRevocations(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public List<Revocation> all() {
        return jdbc.query(
                "select kind, what, reason, since from revocation order by since desc, what",
                Binder.NONE,
                row -> new Revocation(
                        Revocation.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("what"),
                        row.getString("reason"),
                        Objects.requireNonNullElse(RowReader.instant(row, "since"), Instant.EPOCH)));
    }

    @Override
    public void add(Revocation revocation) {
        jdbc.run(() -> {
            delete(revocation.kind(), revocation.what());
            return jdbc.update(
                    "insert into revocation (kind, what, reason, since) values (?, ?, ?, ?)",
                    Binder.of(word(revocation.kind()), revocation.what(), revocation.reason(), revocation.since()));
        });
    }

    @Override
    public boolean remove(Revocation.Kind kind, String what) {
        return jdbc.run(() -> delete(kind, what)) == 1;
    }

    private int delete(Revocation.Kind kind, String what) {
        return jdbc.update("delete from revocation where kind = ? and what = ?", Binder.of(word(kind), what));
    }

    private static String word(Revocation.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
