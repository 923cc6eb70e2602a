package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceListing;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code device}, {@code device_line} and {@code device_key}. A whole device is read by one statement, so
 * that nobody sees half of a change; it answers one row for each line, or one for a device without lines.
 */
final class DeviceSql {
    private static final String WHOLE_DEVICE = """
            select d.mac, d.model, d.serial, d.claimed, d.tenant, d.plan, d.time_zone, d.settings_sealed, d.state,
                   d.revision, d.applied_revision, d.running_version, d.seed_sealed, d.given_revision, d.given_names,
                   d.may_hold, d.left_at, d.rolled_version, d.rolled_down, d.rolled_by, d.rolled_layers,
                   c.key_sealed as current_key, c.directory_sealed as current_directory,
                   p.key_sealed as pending_key, p.directory_sealed as pending_directory,
                   l.number, l.directory_number, l.display_name, l.sip_user, l.sip_auth_user, l.sip_password_sealed,
                   l.sip_domain, l.sip_proxy, l.sip_transport, l.suspended
            from device d
            left join device_key c on c.mac = d.mac and c.slot = 'current'
            left join device_key p on p.mac = d.mac and p.slot = 'pending'
            left join device_line l on l.mac = d.mac
            """;
    private static final String FITS = """
            where (cast(? as varchar) is null or model = ?) and (cast(? as varchar) is null or tenant = ?)
              and (cast(? as varchar) is null or state = ?) and (cast(? as boolean) is null or claimed = ?)
            """;

    private final Jdbc jdbc;
    private final DeviceRows rows;

    DeviceSql(Jdbc jdbc, DeviceRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    List<Device> selectByMac(MacAddress mac) {
        return rows.devices(
                jdbc.query(WHOLE_DEVICE + "where d.mac = ? order by l.number", Binder.of(mac.hex()), rows::read));
    }

    List<Device> selectByDirectoryDigest(String digest) {
        return rows.devices(jdbc.query(
                WHOLE_DEVICE
                        + "where d.mac = (select mac from device_key where directory_digest = ?) order by l.number",
                Binder.of(digest),
                rows::read));
    }

    /** Devices of these names, in order of their names; those that are not there are missing. */
    List<Device> selectAmong(List<MacAddress> macs) {
        return rows.devices(jdbc.query(
                WHOLE_DEVICE + "where d.mac = any(cast(? as varchar array)) order by d.mac, l.number",
                Binder.of(macs.stream().map(MacAddress::hex).toList()),
                rows::read));
    }

    /** Some of the devices of which it is not known yet what of their own settings counts for their revision. */
    List<Device> selectWithoutOwnFirmware(int limit) {
        return rows.devices(jdbc.query(
                WHOLE_DEVICE
                        + "where d.mac in (select mac from device where own_firmware is null limit ?) order by d.mac, l.number",
                Binder.of(limit),
                rows::read));
    }

    void updateOwnFirmware(List<Device> devices) {
        jdbc.batch(
                "update device set own_firmware = ? where mac = ? and own_firmware is null",
                devices.stream()
                        .map(device -> Binder.of(
                                OwnFirmware.column(device), device.mac().hex()))
                        .toList());
    }

    List<Device> selectPage(DeviceListing.Filter filter, @Nullable MacAddress after, int limit) {
        Object[] fit = fits(filter);
        return rows.devices(jdbc.query(
                WHOLE_DEVICE + "where d.mac in (select mac from device " + FITS
                        + "and mac > ? order by mac limit ?) order by d.mac, l.number",
                Binder.of(
                        fit[0],
                        fit[1],
                        fit[2],
                        fit[3],
                        fit[4],
                        fit[5],
                        fit[6],
                        fit[7],
                        after == null ? "" : after.hex(),
                        limit),
                rows::read));
    }

    long count(DeviceListing.Filter filter) {
        return jdbc.query("select count(*) from device " + FITS, Binder.of(fits(filter)), row -> row.getLong(1))
                .get(0);
    }

    List<DeviceGroup> selectGroups() {
        return jdbc.query(
                """
                select model, tenant, plan, count(*) as devices from device where claimed
                group by model, tenant, plan order by model, tenant, plan
                """,
                Binder.NONE,
                row -> new DeviceGroup(
                        row.getString("model"),
                        new Device.Place(row.getString("tenant"), row.getString("plan"), null),
                        row.getLong("devices")));
    }

    List<MacAddress> selectMembers(DeviceGroup group, int limit) {
        return jdbc.query(
                """
                select mac from device
                where claimed and model = ? and tenant is not distinct from cast(? as varchar)
                  and plan is not distinct from cast(? as varchar)
                order by mac limit ?
                """,
                Binder.of(group.model(), group.place().tenant(), group.place().plan(), limit),
                row -> new MacAddress(row.getString("mac")));
    }

    /** Holds the row until the end of the transaction. */
    boolean lock(MacAddress mac) {
        return !jdbc.query(
                        "select mac from device where mac = ? for update",
                        Binder.of(mac.hex()),
                        row -> row.getString(1))
                .isEmpty();
    }

    /** False when another transaction was first. */
    boolean insert(Device device) {
        return jdbc.update("""
                        insert into device (model, serial, claimed, tenant, plan, time_zone, settings_sealed, state, revision,
                          applied_revision, running_version, seed_sealed, given_revision, given_names, may_hold, left_at, own_firmware,
                          rolled_version, rolled_down, rolled_by, rolled_layers, mac)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """, rows.binder(device)) == 1;
    }

    void update(Device device) {
        jdbc.update("""
                update device set model = ?, serial = ?, claimed = ?, tenant = ?, plan = ?, time_zone = ?,
                  settings_sealed = ?, state = ?, revision = ?, applied_revision = ?, running_version = ?, seed_sealed = ?,
                  given_revision = ?, given_names = ?, may_hold = ?, left_at = ?, own_firmware = ?,
                  rolled_version = ?, rolled_down = ?, rolled_by = ?, rolled_layers = ?
                where mac = ?
                """, rows.binder(device));
    }

    void delete(MacAddress mac) {
        jdbc.update("delete from device where mac = ?", Binder.of(mac.hex()));
    }

    void deleteLines(MacAddress mac, List<Line> lines) {
        jdbc.batch(
                "delete from device_line where mac = ? and number = ?",
                lines.stream().map(line -> Binder.of(mac.hex(), line.number())).toList());
    }

    void insertLines(MacAddress mac, List<Line> lines) {
        jdbc.batch("""
                insert into device_line (mac, number, directory_number, display_name, sip_user, sip_auth_user,
                  sip_password_sealed, sip_domain, sip_proxy, sip_transport, suspended)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, lines.stream().map(line -> rows.binder(mac, line)).toList());
    }

    void deleteKeys(MacAddress mac) {
        jdbc.update("delete from device_key where mac = ?", Binder.of(mac.hex()));
    }

    void insertKey(MacAddress mac, DeviceRows.Slot slot, DeviceKey key) {
        jdbc.update("""
                insert into device_key (mac, slot, key_sealed, directory_sealed, directory_digest) values (?, ?, ?, ?, ?)
                """, rows.binder(mac, slot, key));
    }

    private static @Nullable Object[] fits(DeviceListing.Filter filter) {
        String state = filter.state() == null ? null : filter.state().name().toLowerCase(Locale.ROOT);
        return new @Nullable Object[] {
            filter.model(),
            filter.model(),
            filter.tenant(),
            filter.tenant(),
            state,
            state,
            filter.claimed(),
            filter.claimed()
        };
    }
}
