package dev.provhub.store;

import dev.provhub.device.Contact;
import dev.provhub.device.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements on {@code contact}. Texts that a device has sent are cut to their column. */
final class ContactSql {
    private static final int LONG_TEXT = 1000;
    private static final int SHORT_TEXT = 64;
    private static final int TRANSPORT = 16;

    private final Jdbc jdbc;

    ContactSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Contact> contacts) {
        jdbc.batch("""
                insert into contact (time, mac, transport, asked, outcome, reason, bytes, revision, remote_address)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, contacts.stream().map(ContactSql::binder).toList());
    }

    List<Contact> selectLatest(MacAddress mac, int limit) {
        return jdbc.query("""
                select time, mac, transport, asked, outcome, reason, bytes, revision, remote_address
                from contact where mac = ? order by id desc limit ?
                """, Binder.of(mac.hex(), limit), ContactSql::read);
    }

    int deleteBefore(Instant time) {
        return jdbc.update("delete from contact where time < ?", Binder.of(time));
    }

    private static Binder binder(Contact contact) {
        MacAddress mac = contact.mac();
        return Binder.of(
                contact.time(),
                mac == null ? null : mac.hex(),
                column(contact.transport(), TRANSPORT),
                column(contact.asked(), LONG_TEXT),
                column(contact.outcome(), SHORT_TEXT),
                column(contact.reason(), LONG_TEXT),
                contact.bytes(),
                column(contact.revision(), SHORT_TEXT),
                column(contact.remoteAddress(), SHORT_TEXT));
    }

    /** PostgreSQL's text cannot hold NUL, which a device may well send. */
    private static @Nullable String column(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    private static Contact read(ResultSet row) throws SQLException {
        String mac = row.getString("mac");
        return new Contact(
                Objects.requireNonNullElse(RowReader.instant(row, "time"), Instant.EPOCH),
                mac == null ? null : new MacAddress(mac),
                row.getString("transport"),
                row.getString("asked"),
                row.getString("outcome"),
                row.getString("reason"),
                row.getLong("bytes"),
                row.getString("revision"),
                row.getString("remote_address"));
    }
}
