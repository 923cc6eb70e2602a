package dev.provhub.store;

import dev.provhub.device.AuditLog;
import dev.provhub.devicelog.PlainText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The audit log in the database. */
public final class JdbcAuditLog implements AuditLog {
    private static final int LONGEST_WHO = 255;
    private static final int LONGEST_WHAT = 1000;

    private final Jdbc jdbc;
    private final Clock clock;

    /** Of an open database, which outlives this. */
    public JdbcAuditLog(Database database, Clock clock) {
        this.jdbc = database.jdbc();
        this.clock = clock;
    }

    @Override
    public void add(String who, String what) {
        jdbc.run(() -> jdbc.update(
                "insert into audit (time, who, what) values (?, ?, ?)",
                Binder.of(clock.instant(), shortened(who, LONGEST_WHO), shortened(what, LONGEST_WHAT))));
    }

    @Override
    public List<Entry> latest(int limit) {
        return page(Long.MAX_VALUE, limit).stream().map(Numbered::entry).toList();
    }

    @Override
    public List<Numbered> page(long before, int limit) {
        return jdbc.query(
                "select id, time, who, what from audit where id < ? order by id desc limit ?",
                Binder.of(before, limit),
                row -> new Numbered(
                        row.getLong("id"),
                        new Entry(
                                Objects.requireNonNullElse(RowReader.instant(row, "time"), Instant.EPOCH),
                                row.getString("who"),
                                row.getString("what"))));
    }

    private static String shortened(String text, int longest) {
        String plain = PlainText.of(text);
        return plain.length() <= longest ? plain : plain.substring(0, longest);
    }
}
