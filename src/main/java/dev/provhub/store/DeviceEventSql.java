package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Kind;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.devicelog.DeviceLog.Numbered;
import dev.provhub.devicelog.LogQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements on {@code device_event} and {@code device_seen}. Texts that a device has sent are cut to their column. */
final class DeviceEventSql {
    private static final String COLUMNS =
            "time, kind, mac, serial, evidence, known_by, transport, remote_address, user_agent, "
                    + "what, outcome, rule, reason, bytes, sealing, given, revision, version";
    private static final int LONG_TEXT = 1000;
    private static final int TEXT = 200;
    private static final int NAME = 128;
    private static final int SHORT_TEXT = 64;
    private static final int WORD = 16;

    private final Jdbc jdbc;

    DeviceEventSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<DeviceEvent> events) {
        jdbc.batch(
                "insert into device_event (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                events.stream().map(DeviceEventSql::binder).toList());
    }

    /** Notes when devices were last heard of; in the order of their names, so that two writers never wait for each other in a ring. */
    void see(List<DeviceEvent> newestOfEach) {
        List<DeviceEvent> ordered = newestOfEach.stream()
                .sorted(Comparator.comparing(event -> macOf(event).hex()))
                .toList();
        jdbc.batch(
                "insert into device_seen (mac, last_contact, transport, remote_address) values (?, ?, ?, ?) "
                        + "on conflict do nothing",
                ordered.stream()
                        .map(event -> Binder.of(
                                macOf(event).hex(),
                                event.time(),
                                column(event.asker().transport(), WORD),
                                column(event.asker().remote(), SHORT_TEXT)))
                        .toList());
        jdbc.batch(
                "update device_seen set last_contact = ?, transport = ?, remote_address = ? "
                        + "where mac = ? and last_contact < ?",
                ordered.stream()
                        .map(event -> Binder.of(
                                event.time(),
                                column(event.asker().transport(), WORD),
                                column(event.asker().remote(), SHORT_TEXT),
                                macOf(event).hex(),
                                event.time()))
                        .toList());
    }

    private static MacAddress macOf(DeviceEvent event) {
        return Objects.requireNonNull(event.asker().mac());
    }

    List<Numbered> page(LogQuery query) {
        if (query.of() instanceof LogQuery.OfDevice device) {
            List<Numbered> named = select(query, "mac = ?", device.mac().hex());
            return device.serial() == null
                    ? named
                    : newest(query.limit(), named, select(query, "mac is null and serial = ?", device.serial()));
        }
        String address = ((LogQuery.OfNobody) query.of()).address();
        return address == null
                ? select(query, "mac is null and serial is null", null)
                : select(query, "mac is null and serial is null and remote_address like ?", address + ":%");
    }

    private List<Numbered> select(LogQuery query, String condition, @Nullable String value) {
        List<Object> values = new ArrayList<>();
        if (value != null) {
            values.add(value);
        }
        values.add(query.before());
        values.add(query.after());
        String kinds = "";
        if (!query.kinds().isEmpty()) {
            kinds = " and kind in ("
                    + String.join(
                            ", ", java.util.Collections.nCopies(query.kinds().size(), "?")) + ")";
            query.kinds().forEach(kind -> values.add(kind.word()));
        }
        values.add(query.limit());
        return jdbc.query(
                "select id, " + COLUMNS + " from device_event where " + condition + " and id < ? and id > ?" + kinds
                        + " order by id desc limit ?",
                Binder.of(values.toArray()),
                DeviceEventSql::read);
    }

    private static List<Numbered> newest(int limit, List<Numbered> some, List<Numbered> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingLong(Numbered::id).reversed())
                .limit(limit)
                .toList();
    }

    int deleteBefore(Instant time) {
        return jdbc.update("delete from device_event where time < ?", Binder.of(time));
    }

    /** Numbers have gaps, so what is left is at most this many. */
    int deleteUpTo(long most) {
        return jdbc.update(
                "delete from device_event where id <= (select max(id) from device_event) - ?", Binder.of(most));
    }

    private static Binder binder(DeviceEvent event) {
        Asker asker = event.asker();
        MacAddress mac = asker.mac();
        return Binder.of(
                event.time(),
                event.kind().word(),
                mac == null ? null : mac.hex(),
                column(asker.serial(), SHORT_TEXT),
                asker.evidence().word(),
                column(asker.by(), TEXT),
                column(asker.transport(), WORD),
                column(asker.remote(), SHORT_TEXT),
                column(asker.userAgent(), TEXT),
                column(event.what(), LONG_TEXT),
                column(event.verdict().outcome(), SHORT_TEXT),
                column(event.verdict().rule(), TEXT),
                column(event.verdict().reason(), LONG_TEXT),
                event.given().bytes(),
                column(event.given().sealing(), WORD),
                column(event.given().what(), NAME),
                column(event.shown().revision(), SHORT_TEXT),
                column(event.shown().version(), NAME));
    }

    /** PostgreSQL's text cannot hold NUL, which a device may well send. */
    private static @Nullable String column(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    private static Numbered read(ResultSet row) throws SQLException {
        String mac = row.getString("mac");
        return new Numbered(
                row.getLong("id"),
                new DeviceEvent(
                        Objects.requireNonNullElse(RowReader.instant(row, "time"), Instant.EPOCH),
                        Kind.valueOf(upper(row.getString("kind"))),
                        new Asker(
                                mac == null ? null : new MacAddress(mac),
                                row.getString("serial"),
                                Evidence.valueOf(upper(row.getString("evidence"))),
                                row.getString("known_by"),
                                row.getString("transport"),
                                row.getString("remote_address"),
                                row.getString("user_agent")),
                        row.getString("what"),
                        new Verdict(row.getString("outcome"), row.getString("rule"), row.getString("reason")),
                        new Given(row.getLong("bytes"), row.getString("sealing"), row.getString("given")),
                        new Shown(row.getString("revision"), row.getString("version"))));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
