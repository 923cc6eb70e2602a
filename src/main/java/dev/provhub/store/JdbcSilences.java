package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.MacAddress;
import dev.provhub.silence.Silences;
import dev.provhub.silence.SilentDevice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Silent devices in the database. Who was heard of when stands in {@code device_seen}, which the device log writes. */
public final class JdbcSilences implements Silences {
    private static final String HEARD_AGAIN = """
            select x.mac, x.since, x.period_s, x.told from device_silence x join device_seen s on s.mac = x.mac
            where x.not_before is null and s.last_contact > x.since order by x.mac limit ?
            """;
    /** Of a row {@code x} of the list. */
    private static final String WAS_HEARD =
            " exists (select 1 from device_seen s where s.mac = x.mac and s.last_contact > x.since) ";

    /** Of a row {@code x} of the list. */
    static final String STILL_SILENT = " x.not_before is null and not" + WAS_HEARD;

    private static final String SEEN = """
            select s.mac, s.last_contact, d.model, d.tenant, d.plan, d.settings_sealed is not null as own
            from device_seen s join device d on d.mac = s.mac where d.claimed and d.state <> 'new'
            """;
    private static final String NOBODYS = """
            select x.mac, x.since, x.period_s, x.told from device d join device_silence x on x.mac = d.mac
            where not d.claimed and x.not_before is null order by x.mac limit ?
            """;

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcSilences(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public List<Seen> seenBetween(@Nullable Place after, Instant until, int limit) {
        Instant from = after == null ? Instant.EPOCH : after.lastContact();
        return jdbc.query(
                SEEN + """
                  and s.last_contact >= ? and s.last_contact < ? and (s.last_contact > ? or s.mac > ?)
                  and not exists (select 1 from device_silence x where x.mac = s.mac)
                order by s.last_contact, s.mac limit ?
                """,
                Binder.of(from, until, from, after == null ? "" : after.mac(), limit),
                JdbcSilences::readSeen);
    }

    private static Seen readSeen(ResultSet row) throws SQLException {
        return new Seen(
                new MacAddress(row.getString("mac")),
                time(row, "last_contact"),
                row.getString("model"),
                new Device.Place(row.getString("tenant"), row.getString("plan"), null),
                row.getBoolean("own"));
    }

    @Override
    public void addSilent(List<SilentDevice> silent) {
        if (!silent.isEmpty()) {
            jdbc.run(() -> {
                insert(silent, null);
                return silent;
            });
        }
    }

    @Override
    public void addExcused(SilentDevice device, Instant notBefore) {
        jdbc.run(() -> {
            insert(List.of(device), notBefore);
            return device;
        });
    }

    /** A device that is deleted meanwhile is left out. In order of the names, so that two hubs never wait for each other in a ring. */
    private void insert(List<SilentDevice> devices, @Nullable Instant notBefore) {
        jdbc.batch(
                """
                insert into device_silence (mac, since, period_s, not_before, told)
                select mac, cast(? as timestamp with time zone), cast(? as bigint), cast(? as timestamp with time zone), false
                from device where mac = ? on conflict do nothing
                """,
                devices.stream()
                        .sorted((a, b) -> a.mac().hex().compareTo(b.mac().hex()))
                        .map(one -> Binder.of(
                                one.since(),
                                one.period().toSeconds(),
                                notBefore,
                                one.mac().hex()))
                        .toList());
    }

    @Override
    public List<Seen> endExcuses(Instant now, int limit) {
        List<Seen> ended = jdbc.query(
                SEEN + " and exists (select 1 from device_silence x where x.mac = s.mac and x.not_before <= ?) limit ?",
                Binder.of(now, limit),
                JdbcSilences::readSeen);
        if (!ended.isEmpty()) {
            jdbc.run(() -> {
                jdbc.batch(
                        "delete from device_silence where mac = ? and not_before <= ?",
                        ended.stream()
                                .map(one -> one.mac().hex())
                                .sorted()
                                .map(mac -> Binder.of(mac, now))
                                .toList());
                return ended;
            });
        }
        return ended;
    }

    @Override
    public void forgetUntold() {
        jdbc.run(() -> jdbc.update(
                "delete from device_silence x where not x.told and x.not_before is null and" + WAS_HEARD, Binder.NONE));
    }

    @Override
    public List<SilentDevice> takeUntold(int limit) {
        return jdbc.run(() -> {
            List<SilentDevice> taken = jdbc.query("""
                    select mac, since, period_s from device_silence where not told and not_before is null
                    order by mac limit ? for update skip locked
                    """, Binder.of(limit), JdbcSilences::read);
            jdbc.batch(
                    "update device_silence set told = true where mac = ?",
                    taken.stream().map(one -> Binder.of(one.mac().hex())).toList());
            return taken;
        });
    }

    /** Who deletes the row is who tells. */
    @Override
    public List<SilentDevice> takeReturned(int limit) {
        List<Told> found = new ArrayList<>(jdbc.query(HEARD_AGAIN, Binder.of(limit), JdbcSilences::readTold));
        found.addAll(jdbc.query(NOBODYS, Binder.of(limit), JdbcSilences::readTold));
        if (found.isEmpty()) {
            return List.of();
        }
        return jdbc.run(() -> {
            List<SilentDevice> taken = new ArrayList<>();
            for (Told one : found) {
                int rows = jdbc.update(
                        "delete from device_silence where mac = ? and told = ?",
                        Binder.of(one.device().mac().hex(), one.told()));
                if (rows == 1 && one.told()) {
                    taken.add(one.device());
                }
            }
            return taken;
        });
    }

    private record Told(SilentDevice device, boolean told) {}

    private static Told readTold(ResultSet row) throws SQLException {
        return new Told(read(row), row.getBoolean("told"));
    }

    @Override
    public long count() {
        return one("select count(*) from device_silence x where " + STILL_SILENT);
    }

    @Override
    public List<DeviceGroup> heard() {
        return jdbc.query(
                """
                select model, tenant, plan, count(*) as devices from device where claimed and state <> 'new'
                group by model, tenant, plan
                """,
                Binder.NONE,
                row -> new DeviceGroup(
                        row.getString("model"),
                        new Device.Place(row.getString("tenant"), row.getString("plan"), null),
                        row.getLong("devices")));
    }

    private long one(String sql) {
        return jdbc.query(sql, Binder.NONE, row -> row.getLong(1)).get(0);
    }

    @Override
    public Optional<SilentDevice> find(MacAddress mac) {
        return jdbc
                .query(
                        "select mac, since, period_s from device_silence x where mac = ? and " + STILL_SILENT,
                        Binder.of(mac.hex()),
                        JdbcSilences::read)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Instant> lastContact(MacAddress mac) {
        return jdbc
                .query(
                        "select last_contact from device_seen where mac = ?",
                        Binder.of(mac.hex()),
                        row -> time(row, "last_contact"))
                .stream()
                .findFirst();
    }

    @Override
    public List<SilentDevice> list(@Nullable MacAddress after, int limit) {
        return jdbc.query(
                "select mac, since, period_s from device_silence x where mac > ? and " + STILL_SILENT
                        + " order by mac limit ?",
                Binder.of(after == null ? "" : after.hex(), limit),
                JdbcSilences::read);
    }

    @Override
    public void clear() {
        if (!jdbc.query("select mac from device_silence limit 1", Binder.NONE, row -> row.getString(1))
                .isEmpty()) {
            jdbc.run(() -> jdbc.update("delete from device_silence", Binder.NONE));
        }
    }

    private static SilentDevice read(ResultSet row) throws SQLException {
        return new SilentDevice(
                new MacAddress(row.getString("mac")), time(row, "since"), Duration.ofSeconds(row.getLong("period_s")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(RowReader.instant(row, column), column);
    }
}
