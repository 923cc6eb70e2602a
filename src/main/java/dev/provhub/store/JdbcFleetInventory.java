package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceState;
import dev.provhub.device.FleetInventory;
import dev.provhub.device.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fleet as a list, read without opening what is sealed. */
public final class JdbcFleetInventory implements FleetInventory {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcFleetInventory(Database database) {
        this.jdbc = database.jdbc();
    }

    /** Conditions on {@code device d}, and on {@code device_line l} where there are lines. */
    private static final class Fits {
        private final List<String> conditions = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        Fits(Filter filter) {
            add("d.mac = ?", filter.mac() == null ? null : filter.mac().hex());
            add("d.model = ?", filter.model());
            add("d.serial = ?", filter.serial());
            add("d.tenant = ?", filter.tenant());
            add("d.claimed = ?", filter.claimed());
        }

        Fits ofLines(Filter filter) {
            add("l.number = ?", filter.number());
            add("l.suspended = ?", filter.active() == null ? null : !filter.active());
            return this;
        }

        private void add(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        String where() {
            return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ";
        }

        Binder binder(Object... more) {
            List<@Nullable Object> all = new ArrayList<>(values);
            all.addAll(List.of(more));
            return Binder.of(all.toArray());
        }
    }

    @Override
    public List<Resource> resources(Filter filter, int offset, int limit) {
        Fits fits = new Fits(filter);
        List<Resource> page = jdbc.query(
                """
                select d.mac, d.model, d.serial, d.claimed, d.tenant, d.plan, d.time_zone, d.state, d.revision,
                       d.applied_revision, d.running_version
                from device d %sorder by d.mac limit ? offset ?
                """.formatted(fits.where()),
                fits.binder(limit, offset),
                row -> new Resource(
                        new MacAddress(row.getString("mac")),
                        row.getString("model"),
                        row.getString("serial"),
                        row.getBoolean("claimed"),
                        place(row),
                        DeviceState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getLong("revision"),
                        row.getString("applied_revision"),
                        row.getString("running_version"),
                        List.of()));
        List<Numbered> numbers = jdbc.query(
                """
                select l.mac, l.number from device_line l
                join unnest(cast(? as varchar array)) as wanted(mac) on wanted.mac = l.mac order by l.mac, l.number
                """,
                Binder.of(page.stream().map(one -> one.mac().hex()).toList()),
                row -> new Numbered(row.getString("mac"), row.getInt("number")));
        return page.stream().map(one -> withLines(one, numbers)).toList();
    }

    private record Numbered(String mac, int number) {}

    private static Resource withLines(Resource one, List<Numbered> numbers) {
        return new Resource(
                one.mac(),
                one.model(),
                one.serial(),
                one.claimed(),
                one.place(),
                one.state(),
                one.revision(),
                one.appliedRevision(),
                one.runningVersion(),
                numbers.stream()
                        .filter(line -> line.mac().equals(one.mac().hex()))
                        .map(Numbered::number)
                        .toList());
    }

    private static Device.Place place(ResultSet row) throws SQLException {
        return new Device.Place(row.getString("tenant"), row.getString("plan"), row.getString("time_zone"));
    }

    @Override
    public long countResources(Filter filter) {
        Fits fits = new Fits(filter);
        return jdbc.query("select count(*) from device d " + fits.where(), fits.binder(), row -> row.getLong(1))
                .get(0);
    }

    @Override
    public List<Service> services(Filter filter, int offset, int limit) {
        Fits fits = new Fits(filter).ofLines(filter);
        return jdbc.query(
                """
                select l.mac, l.number, d.model, d.tenant, d.plan, d.time_zone, l.directory_number, l.display_name, l.sip_user,
                       l.sip_domain, l.sip_proxy, l.sip_transport, l.suspended
                from device_line l join device d on d.mac = l.mac %sorder by l.mac, l.number limit ? offset ?
                """.formatted(fits.where()),
                fits.binder(limit, offset),
                row -> new Service(
                        new MacAddress(row.getString("mac")),
                        row.getInt("number"),
                        row.getString("model"),
                        place(row),
                        row.getString("directory_number"),
                        row.getString("display_name"),
                        row.getString("sip_user"),
                        row.getString("sip_domain"),
                        row.getString("sip_proxy"),
                        row.getString("sip_transport"),
                        row.getBoolean("suspended")));
    }

    @Override
    public long countServices(Filter filter) {
        Fits fits = new Fits(filter).ofLines(filter);
        return jdbc.query(
                        "select count(*) from device_line l join device d on d.mac = l.mac " + fits.where(),
                        fits.binder(),
                        row -> row.getLong(1))
                .get(0);
    }
}
