package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceLabels;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.Candidate;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.PresentDigests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds devices in the database. */
public final class JdbcDeviceSearch implements DeviceSearch {
    private static final String AMONG = " = any(cast(? as varchar array))";

    private final Jdbc jdbc;
    private final DeviceSql sql;
    private final DeviceLabels labels;
    private final PresentDigests digests;

    /** Of an open database, which outlives this. */
    public JdbcDeviceSearch(Database database, SecretColumn secrets, PresentDigests digests) {
        this.jdbc = database.jdbc();
        this.sql = new DeviceSql(jdbc, new DeviceRows(secrets));
        this.labels = new JdbcDeviceLabels(database);
        this.digests = digests;
    }

    @Override
    public List<Found> page(DeviceFilter filter, @Nullable MacAddress after, int limit) {
        return among(names(filter, after, limit));
    }

    @Override
    public List<Found> among(List<MacAddress> devices) {
        return devices.isEmpty() ? List.of() : completed(sql.selectAmong(devices));
    }

    @Override
    public List<MacAddress> names(DeviceFilter filter, @Nullable MacAddress after, int limit) {
        FilterSql condition = compiled(filter);
        return jdbc.query(
                "select d.mac from device d where " + condition.text() + " and d.mac > ? order by d.mac limit ?",
                condition.binder(after == null ? "" : after.hex(), limit),
                row -> new MacAddress(row.getString("mac")));
    }

    @Override
    public long count(DeviceFilter filter) {
        FilterSql condition = compiled(filter);
        return jdbc.query(
                        "select count(*) from device d where " + condition.text(),
                        condition.binder(),
                        row -> row.getLong(1))
                .get(0);
    }

    @Override
    public Optional<Found> find(MacAddress mac) {
        return completed(sql.selectByMac(mac)).stream().findFirst();
    }

    FilterSql compiled(DeviceFilter filter) {
        return new FilterSql(this::versions, this::appliedKeys).add(filter);
    }

    /** They are few, so that what the databases cannot compare is compared here. */
    private List<String> versions() {
        return jdbc.query(
                "select distinct running_version from device where running_version is not null",
                Binder.NONE,
                row -> row.getString(1));
    }

    /**
     * What devices share from which the second half of their revision follows, with that half behind it: for every kind of device
     * that has applied anything.
     */
    private List<String> appliedKeys() {
        List<String> keys = new ArrayList<>();
        jdbc.query("""
                select distinct model, tenant, plan, own_firmware, running_version, rolled_version, rolled_down, rolled_layers
                from device
                where claimed and applied_revision is not null
                """, Binder.NONE, row -> {
            String own = Objects.requireNonNullElse(row.getString("own_firmware"), "");
            String tenant = row.getString("tenant");
            String plan = row.getString("plan");
            String running = row.getString("running_version");
            String model = row.getString("model");
            Device.Rolled rolled = DeviceRows.rolled(row);
            digests.of(model, new Device.Place(tenant, plan, null), OwnFirmware.settings(own), running, rolled)
                    .ifPresent(digest -> keys.add(String.join(
                            FilterSql.BETWEEN,
                            model,
                            Objects.requireNonNullElse(tenant, ""),
                            Objects.requireNonNullElse(plan, ""),
                            own,
                            Objects.requireNonNullElse(running, ""),
                            Objects.requireNonNullElse(rolled.version(), ""),
                            rolled.down() ? "1" : "0",
                            rolled.layers() == null ? "" : rolled.layers().toString(),
                            digest)));
            return model;
        });
        return keys;
    }

    private record Seen(Instant time, String transport, String address) {}

    private List<Found> completed(List<Device> devices) {
        if (devices.isEmpty()) {
            return List.of();
        }
        List<String> macs = devices.stream().map(device -> device.mac().hex()).toList();
        Map<MacAddress, Set<String>> labelled =
                labels.of(devices.stream().map(Device::mac).toList());
        Map<String, Seen> seen = seen(macs);
        Map<String, Instant> ends = certificateEnds(macs);
        Set<String> revoked = revoked(macs);
        return devices.stream()
                .map(device -> {
                    String mac = device.mac().hex();
                    Seen last = seen.get(mac);
                    Candidate candidate = new Candidate(
                            device,
                            labelled.getOrDefault(device.mac(), Set.of()),
                            last == null ? null : last.time(),
                            ends.get(mac),
                            revoked.contains(mac),
                            digests.isApplied(device));
                    return last == null
                            ? new Found(candidate, null, null)
                            : new Found(candidate, last.transport(), last.address());
                })
                .toList();
    }

    private Map<String, Seen> seen(List<String> macs) {
        Map<String, Seen> seen = new HashMap<>();
        jdbc.query(
                "select mac, last_contact, transport, remote_address from device_seen where mac" + AMONG,
                Binder.of(macs),
                row -> seen.put(
                        row.getString("mac"),
                        new Seen(
                                time(row, "last_contact"),
                                row.getString("transport"),
                                row.getString("remote_address"))));
        return seen;
    }

    private Map<String, Instant> certificateEnds(List<String> macs) {
        Map<String, Instant> ends = new HashMap<>();
        jdbc.query(
                "select mac, not_after from device_certificate where mac" + AMONG,
                Binder.of(macs),
                row -> ends.put(row.getString("mac"), time(row, "not_after")));
        return ends;
    }

    private Set<String> revoked(List<String> macs) {
        return new HashSet<>(
                jdbc.query("""
                select what as mac from revocation where kind = 'mac' and what%s
                union select c.mac from device_certificate c join revocation r on r.what = c.number
                where r.kind = 'certificate' and c.mac%s
                """.formatted(AMONG, AMONG), Binder.of(macs, macs), row -> row.getString("mac")));
    }

    private static Instant time(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        return Objects.requireNonNull(RowReader.instant(row, column), column);
    }
}
