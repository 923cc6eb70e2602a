package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.DeviceGroups;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceListing;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Devices, their lines and their keys in the database. */
public final class JdbcDeviceRepository implements DeviceRepository, DeviceListing, DeviceGroups {
    /** How often a device may come and go while it is changed. */
    private static final int ATTEMPTS = 10;

    private static final int COMPLETED_AT_ONCE = 500;

    private final Jdbc jdbc;
    private final DeviceSql sql;

    /** Of an open database, which outlives this. */
    public JdbcDeviceRepository(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.sql = new DeviceSql(jdbc, new DeviceRows(secrets));
    }

    /** Fills in what rows from before a migration do not say of their device's own settings. To be called before any filter. */
    public JdbcDeviceRepository complete() {
        List<Device> some = sql.selectWithoutOwnFirmware(COMPLETED_AT_ONCE);
        while (!some.isEmpty()) {
            List<Device> now = some;
            jdbc.run(() -> {
                sql.updateOwnFirmware(now);
                return now;
            });
            some = sql.selectWithoutOwnFirmware(COMPLETED_AT_ONCE);
        }
        return this;
    }

    @Override
    public Optional<Device> findByMac(MacAddress mac) {
        return sql.selectByMac(mac).stream().findFirst();
    }

    @Override
    public Optional<Device> findByDirectory(String directory) {
        return sql.selectByDirectoryDigest(Directories.digest(directory)).stream()
                .findFirst();
    }

    @Override
    public Device change(MacAddress mac, Change change) {
        return jdbc.run(() -> {
            for (int attempt = 0; attempt < ATTEMPTS && !sql.lock(mac); attempt++) {
                Device made = change.apply(Optional.empty());
                requireSame(mac, made);
                if (sql.insert(made)) {
                    sql.insertLines(mac, made.lines());
                    insertKeys(mac, made.standing().keys());
                    return made;
                }
                // Another transaction has made it since we looked; it is committed, or the insert would have waited. It
                // may
                // be gone again by now.
            }
            return changeLocked(mac, change);
        });
    }

    private Device changeLocked(MacAddress mac, Change change) {
        Device before = findByMac(mac).orElseThrow(() -> new IllegalStateException("a locked device is gone: " + mac));
        Device after = change.apply(Optional.of(before));
        requireSame(mac, after);
        if (!after.equals(before)) {
            sql.update(after);
            updateLines(before, after);
            updateKeys(before, after);
        }
        return after;
    }

    private void updateLines(Device before, Device after) {
        List<Line> gone = before.lines().stream()
                .filter(line -> !after.lines().contains(line))
                .toList();
        List<Line> come = after.lines().stream()
                .filter(line -> !before.lines().contains(line))
                .toList();
        sql.deleteLines(after.mac(), gone);
        sql.insertLines(after.mac(), come);
    }

    private void updateKeys(Device before, Device after) {
        if (!after.standing().keys().equals(before.standing().keys())) {
            // All go first: a directory may move from pending to current, and exists only once
            sql.deleteKeys(after.mac());
            insertKeys(after.mac(), after.standing().keys());
        }
    }

    private void insertKeys(MacAddress mac, DeviceKeys keys) {
        if (keys.current() != null) {
            sql.insertKey(mac, DeviceRows.Slot.CURRENT, keys.current());
        }
        if (keys.pending() != null) {
            sql.insertKey(mac, DeviceRows.Slot.PENDING, keys.pending());
        }
    }

    private static void requireSame(MacAddress mac, Device device) {
        if (!device.mac().equals(mac)) {
            throw new IllegalStateException("a change of device " + mac + " made it " + device.mac());
        }
    }

    @Override
    public void delete(MacAddress mac) {
        jdbc.run(() -> {
            sql.delete(mac);
            return mac;
        });
    }

    @Override
    public List<Device> list(Filter filter, @Nullable MacAddress after, int limit) {
        return sql.selectPage(filter, after, limit);
    }

    @Override
    public long count(Filter filter) {
        return sql.count(filter);
    }

    @Override
    public List<DeviceGroup> claimed() {
        return sql.selectGroups();
    }

    @Override
    public List<MacAddress> members(DeviceGroup group, int limit) {
        return sql.selectMembers(group, limit);
    }
}
