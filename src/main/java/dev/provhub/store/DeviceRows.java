package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Devices to columns and back, with their secrets sealed. */
final class DeviceRows {
    private final SecretColumn secrets;
    private final SealedMap maps;

    DeviceRows(SecretColumn secrets) {
        this.secrets = secrets;
        this.maps = new SealedMap(secrets);
    }

    /** Which of a device's keys. */
    enum Slot {
        CURRENT,
        PENDING;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A device with at most one of its lines, as one row of the join has it. */
    record Part(Device device, @Nullable Line line) {}

    Part read(ResultSet row) throws SQLException {
        MacAddress mac = new MacAddress(row.getString("mac"));
        Device device = new Device(
                mac,
                row.getString("model"),
                row.getString("serial"),
                row.getBoolean("claimed"),
                new Device.Place(row.getString("tenant"), row.getString("plan"), row.getString("time_zone")),
                maps.open(row.getString("settings_sealed"), identity(mac, "settings")),
                List.of(),
                standing(mac, row));
        return new Part(device, line(mac, row));
    }

    private Device.Standing standing(MacAddress mac, ResultSet row) throws SQLException {
        return new Device.Standing(
                DeviceState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("revision"),
                row.getString("applied_revision"),
                row.getString("running_version"),
                new DeviceKeys(key(mac, Slot.CURRENT, row), key(mac, Slot.PENDING, row)),
                secrets.open(row.getString("seed_sealed"), identity(mac, "seed")),
                new Device.Given(
                        row.getString("given_revision"), row.getString("given_names"), row.getString("may_hold")),
                RowReader.instant(row, "left_at"),
                rolled(row, RowReader.number(row, "rolled_by")));
    }

    /** What a device was given, whoever has told it. */
    static Device.Rolled rolled(ResultSet row) throws SQLException {
        return rolled(row, null);
    }

    private static Device.Rolled rolled(ResultSet row, @Nullable Long by) throws SQLException {
        return new Device.Rolled(
                row.getString("rolled_version"),
                row.getBoolean("rolled_down"),
                by,
                RowReader.number(row, "rolled_layers"));
    }

    private @Nullable DeviceKey key(MacAddress mac, Slot slot, ResultSet row) throws SQLException {
        String key = row.getString(slot.column() + "_key");
        if (key == null) {
            return null;
        }
        return new DeviceKey(
                secrets.open(key, identity(mac, slot, "key")),
                secrets.open(row.getString(slot.column() + "_directory"), identity(mac, slot, "directory")));
    }

    private @Nullable Line line(MacAddress mac, ResultSet row) throws SQLException {
        int number = row.getInt("number");
        if (row.wasNull()) {
            return null;
        }
        return new Line(
                number,
                row.getString("directory_number"),
                row.getString("display_name"),
                row.getString("sip_user"),
                row.getString("sip_auth_user"),
                secrets.open(row.getString("sip_password_sealed"), identity(mac, number)),
                row.getString("sip_domain"),
                row.getString("sip_proxy"),
                row.getString("sip_transport"),
                row.getBoolean("suspended"));
    }

    /** Puts the rows of the join together; rows of one device lie together. */
    List<Device> devices(List<Part> parts) {
        Map<MacAddress, Device> heads = new LinkedHashMap<>();
        Map<MacAddress, List<Line>> lines = new LinkedHashMap<>();
        for (Part part : parts) {
            MacAddress mac = part.device().mac();
            heads.putIfAbsent(mac, part.device());
            List<Line> ofDevice = lines.computeIfAbsent(mac, any -> new ArrayList<>());
            if (part.line() != null) {
                ofDevice.add(part.line());
            }
        }
        return heads.values().stream()
                .map(head -> withLines(head, lines.getOrDefault(head.mac(), List.of())))
                .toList();
    }

    private static Device withLines(Device head, List<Line> lines) {
        return new Device(
                head.mac(),
                head.model(),
                head.serial(),
                head.claimed(),
                head.place(),
                head.settings(),
                lines,
                head.standing());
    }

    /** All columns, {@code mac} last. */
    Binder binder(Device device) {
        Device.Standing standing = device.standing();
        return Binder.of(
                device.model(),
                device.serial(),
                device.claimed(),
                device.place().tenant(),
                device.place().plan(),
                device.place().timeZone(),
                maps.seal(device.settings(), identity(device.mac(), "settings")),
                standing.state().name().toLowerCase(Locale.ROOT),
                standing.revision(),
                standing.appliedRevision(),
                standing.runningVersion(),
                secrets.seal(standing.seed(), identity(device.mac(), "seed")),
                standing.given().revision(),
                standing.given().names(),
                standing.given().mayHold(),
                standing.leftAt(),
                OwnFirmware.column(device),
                standing.rolled().version(),
                standing.rolled().down(),
                standing.rolled().by(),
                standing.rolled().layers(),
                device.mac().hex());
    }

    Binder binder(MacAddress mac, Line line) {
        return Binder.of(
                mac.hex(),
                line.number(),
                line.directoryNumber(),
                line.displayName(),
                line.sipUser(),
                line.sipAuthUser(),
                secrets.seal(line.sipPassword(), identity(mac, line.number())),
                line.sipDomain(),
                line.sipProxy(),
                line.sipTransport(),
                line.suspended());
    }

    Binder binder(MacAddress mac, Slot slot, DeviceKey key) {
        return Binder.of(
                mac.hex(),
                slot.column(),
                secrets.seal(key.key(), identity(mac, slot, "key")),
                secrets.seal(key.directory(), identity(mac, slot, "directory")),
                Directories.digest(key.directory()));
    }

    static String identity(MacAddress mac, String column) {
        return "device/" + mac + "/" + column;
    }

    static String identity(MacAddress mac, Slot slot, String column) {
        return "device_key/" + mac + "/" + slot.column() + "/" + column;
    }

    static String identity(MacAddress mac, int line) {
        return "device_line/" + mac + "/" + line + "/sip_password";
    }
}
