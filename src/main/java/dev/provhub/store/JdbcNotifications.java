package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.notify.Notification;
import dev.provhub.notify.Notification.State;
import dev.provhub.notify.Notifications;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.NotifyOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The queue of NOTIFYs in the database. */
public final class JdbcNotifications implements Notifications {
    private static final int LONGEST_WHO = 255;
    private static final int LONGEST_OUTCOME = 1000;
    private static final String COLUMNS =
            "select id, mac, action, target, asked_by, asked, not_before, attempts, state, outcome, changed from notification ";

    private static final String DUE = "(state = 'waiting' and not_before <= ? or state = 'sent' and leased <= ?)";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcNotifications(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public long add(Wanted wanted, Instant now) {
        String key = key(wanted.mac(), wanted.action());
        return jdbc.run(() -> {
            // The one that waits may be claimed between two statements: then there is room for a new one
            do {
                insert(wanted, now);
            } while (jdbc.update("""
                            update notification set target = coalesce(?, target), not_before = least(not_before, ?)
                            where waiting_key = ?
                            """, Binder.of(wanted.target(), wanted.notBefore(), key)) == 0);
            return jdbc.query(
                            "select id from notification where waiting_key = ?",
                            Binder.of(key),
                            row -> row.getLong("id"))
                    .get(0);
        });
    }

    private void insert(Wanted wanted, Instant now) {
        jdbc.update(
                """
                insert into notification (mac, action, target, asked_by, asked, not_before, attempts, state, changed, waiting_key)
                values (?, ?, ?, ?, ?, ?, 0, 'waiting', ?, ?) on conflict do nothing
                """,
                Binder.of(
                        wanted.mac().hex(),
                        wanted.action().word(),
                        wanted.target(),
                        cut(wanted.askedBy(), LONGEST_WHO),
                        now,
                        wanted.notBefore(),
                        now,
                        key(wanted.mac(), wanted.action())));
    }

    /** Rows that another hub is just claiming are passed over, so that none is sent twice. */
    @Override
    public List<Notification> claim(Instant now, Instant leaseEnd, int limit) {
        if (jdbc.query(
                        "select id from notification where " + DUE + " limit 1",
                        Binder.of(now, now),
                        row -> row.getLong("id"))
                .isEmpty()) {
            return List.of();
        }
        return jdbc.run(() -> {
            List<Notification> claimed = jdbc.query(
                    COLUMNS + "where " + DUE + " order by not_before, id limit ? for update skip locked",
                    Binder.of(now, now, limit),
                    JdbcNotifications::read);
            jdbc.batch(
                    """
                    update notification set state = 'sent', attempts = attempts + 1, leased = ?, changed = ?, waiting_key = null
                    where id = ?
                    """,
                    claimed.stream()
                            .map(one -> Binder.of(leaseEnd, now, one.id()))
                            .toList());
            return claimed.stream().map(one -> sent(one, now)).toList();
        });
    }

    private static Notification sent(Notification one, Instant now) {
        return new Notification(
                one.id(),
                one.mac(),
                one.action(),
                one.target(),
                one.askedBy(),
                one.asked(),
                one.notBefore(),
                one.attempts() + 1,
                State.SENT,
                null,
                now);
    }

    @Override
    public void end(long id, NotifyOutcome outcome, Instant now) {
        String state = outcome.delivered() ? State.DELIVERED.word() : State.FAILED.word();
        jdbc.run(() -> jdbc.update(
                "update notification set state = ?, outcome = ?, leased = null, changed = ? where id = ? and state = 'sent'",
                Binder.of(state, cut(outcome.text(), LONGEST_OUTCOME), now, id)));
    }

    /** When the same waits again by now, that one is enough. */
    @Override
    public void release(Notification claimed, Instant now) {
        String key = key(claimed.mac(), claimed.action());
        jdbc.run(() -> {
            boolean another = !jdbc.query(
                            "select id from notification where waiting_key = ?",
                            Binder.of(key),
                            row -> row.getLong("id"))
                    .isEmpty();
            return another
                    ? jdbc.update("delete from notification where id = ? and state = 'sent'", Binder.of(claimed.id()))
                    : jdbc.update("""
                            update notification set state = 'waiting', leased = null, changed = ?, waiting_key = ?
                            where id = ? and state = 'sent'
                            """, Binder.of(now, key, claimed.id()));
        });
    }

    @Override
    public List<Notification> latest(MacAddress mac, int limit) {
        return jdbc.query(
                COLUMNS + "where mac = ? order by id desc limit ?",
                Binder.of(mac.hex(), limit),
                JdbcNotifications::read);
    }

    /** Where a device was when it last proved itself, as the device log has it: an address, mostly with a port. */
    public Optional<String> lastSeenAt(MacAddress mac) {
        return jdbc
                .query(
                        "select remote_address from device_seen where mac = ?",
                        Binder.of(mac.hex()),
                        row -> row.getString("remote_address"))
                .stream()
                .findFirst();
    }

    @Override
    public int forgetBefore(Instant time) {
        return jdbc.run(() -> jdbc.update(
                "delete from notification where state in ('delivered', 'failed') and changed < ?", Binder.of(time)));
    }

    private static String key(MacAddress mac, NotifyAction action) {
        return mac.hex() + " " + action.word();
    }

    /** PostgreSQL's text cannot hold NUL. */
    private static String cut(String text, int longest) {
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getLong("id"),
                new MacAddress(row.getString("mac")),
                NotifyAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                row.getString("asked_by"),
                time(row, "asked"),
                time(row, "not_before"),
                row.getInt("attempts"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("outcome"),
                time(row, "changed"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(RowReader.instant(row, column), column);
    }
}
