package dev.provhub.store;

import dev.provhub.device.MacAddress;
import java.util.List;
import java.util.Locale;

/** Every column whose values are sealed, and for which identity each is. A test holds the list against the tables. */
final class SealedColumns {
    static final List<SealedColumn> ALL = List.of(
            new SealedColumn(
                    "device",
                    "settings_sealed",
                    List.of("mac"),
                    List.of(),
                    row -> DeviceRows.identity(new MacAddress(row.getString("mac")), "settings")),
            new SealedColumn(
                    "device",
                    "seed_sealed",
                    List.of("mac"),
                    List.of(),
                    row -> DeviceRows.identity(new MacAddress(row.getString("mac")), "seed")),
            new SealedColumn(
                    "device_line",
                    "sip_password_sealed",
                    List.of("mac", "number"),
                    List.of(),
                    row -> DeviceRows.identity(new MacAddress(row.getString("mac")), row.getInt("number"))),
            ofKey("key"),
            ofKey("directory"),
            new SealedColumn(
                    "service_order",
                    "details_sealed",
                    List.of("id"),
                    List.of(),
                    row -> OrderRows.detailsIdentity(row.getString("id"))),
            new SealedColumn(
                    "service_order",
                    "first_content_sealed",
                    List.of("id"),
                    List.of(),
                    row -> OrderRows.firstIdentity(row.getString("id"))),
            new SealedColumn(
                    "service_order_item",
                    "values_sealed",
                    List.of("order_id", "position"),
                    List.of("item_id"),
                    row -> OrderRows.valuesIdentity(row.getString("order_id"), row.getString("item_id"))),
            new SealedColumn(
                    "service_order_item",
                    "undo_sealed",
                    List.of("order_id", "position"),
                    List.of("item_id"),
                    row -> OrderRows.undoIdentity(row.getString("order_id"), row.getString("item_id"))),
            new SealedColumn(
                    "cancel_service_order",
                    "details_sealed",
                    List.of("id"),
                    List.of(),
                    row -> JdbcCancelRepository.identity(row.getString("id"))),
            ofListener("callback"),
            ofListener("secret"),
            new SealedColumn(
                    "order_event",
                    "content_sealed",
                    List.of("id"),
                    List.of("event_id"),
                    row -> JdbcEventOutbox.contentIdentity(row.getString("event_id"))),
            new SealedColumn(
                    "given_profile",
                    "content_sealed",
                    List.of("id"),
                    List.of("mac", "revision"),
                    row -> GivenContent.identity(new MacAddress(row.getString("mac")), row.getString("revision"))),
            new SealedColumn(
                    "published_profile",
                    "name_sealed",
                    List.of("mac", "directory_digest"),
                    List.of(),
                    row -> JdbcPublishedProfiles.identity(
                            new MacAddress(row.getString("mac")), row.getString("directory_digest"))),
            new SealedColumn(
                    "device_report",
                    "content_sealed",
                    List.of("mac", "kind"),
                    List.of(),
                    row -> JdbcDeviceReports.contentIdentity(row.getString("mac"), row.getString("kind"))),
            new SealedColumn(
                    "fault",
                    "message_sealed",
                    List.of("id"),
                    List.of("token"),
                    row -> JdbcFaults.identity(row.getString("token"))),
            ofDrift("given"),
            ofDrift("found"),
            ofRollout("before"),
            ofRollout("after"),
            new SealedColumn(
                    "credential_seed", "seed_sealed", List.of("id"), List.of(), row -> JdbcSipCredentials.IDENTITY),
            new SealedColumn("layer_set", "files_sealed", List.of("id"), List.of(), row -> JdbcLayerArchive.IDENTITY));

    private SealedColumns() {}

    private static SealedColumn ofKey(String what) {
        return new SealedColumn(
                "device_key",
                what + "_sealed",
                List.of("mac", "slot"),
                List.of(),
                row -> DeviceRows.identity(
                        new MacAddress(row.getString("mac")),
                        DeviceRows.Slot.valueOf(row.getString("slot").toUpperCase(Locale.ROOT)),
                        what));
    }

    private static SealedColumn ofRollout(String which) {
        return new SealedColumn(
                "rollout_layers",
                which + "_sealed",
                List.of("rollout_id"),
                List.of(),
                row -> JdbcRollouts.identity(row.getLong("rollout_id"), which));
    }

    private static SealedColumn ofListener(String what) {
        return new SealedColumn(
                "event_subscription",
                what + "_sealed",
                List.of("id"),
                List.of(),
                row -> JdbcEventOutbox.identity(row.getString("id"), what));
    }

    private static SealedColumn ofDrift(String what) {
        return new SealedColumn(
                "device_drift",
                what + "_sealed",
                List.of("mac", "parameter"),
                List.of(),
                row -> JdbcDeviceReports.driftIdentity(row.getString("mac"), row.getString("parameter"), what));
    }

    /**
     * A column.
     *
     * @param key      columns of the primary key
     * @param more     further columns that the identity is made of
     * @param identity of the value in a row
     */
    record SealedColumn(String table, String column, List<String> key, List<String> more, RowReader<String> identity) {}
}
