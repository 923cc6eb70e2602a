package dev.provhub.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.order.api.CsvOrders;
import dev.provhub.order.api.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Takes devices from rows. Each row succeeds or fails alone; the same file again changes nothing. The result has a line for each row
 * with {@code row} (from 1), {@code mac}, {@code status} and {@code reason}; row 0 is the file as a whole.
 */
final class DeviceImport {
    private static final int ROWS_PER_UNIT = 100;

    /** What became of a row. */
    enum Status {
        CREATED,
        CHANGED,
        UNCHANGED,
        FAILED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Outcome(String mac, Status status, String reason) {}

    private final DeviceStores stores;
    private final DeviceModels models;
    private final DeviceEdits edits;
    private final boolean dryRun;
    private final CSVPrinter result;
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private long rows;

    /** @param result gets the result as far as rows were handled; not closed */
    DeviceImport(DeviceStores stores, DeviceModels models, DeviceEdits edits, boolean dryRun, Appendable result)
            throws IOException {
        this.stores = stores;
        this.models = models;
        this.edits = edits;
        this.dryRun = dryRun;
        this.result = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader("row", "mac", "status", "reason")
                .get()
                .print(result);
    }

    /** How many rows ended so. */
    long count(Status status) {
        return counts.getOrDefault(status, 0L);
    }

    /** Takes all rows. */
    void take(InputStream csv) throws IOException {
        CsvTable table = CsvTable.open(csv, CsvOrders.LONGEST_FILE);
        List<String> columns;
        try {
            if (!table.hasNext()) {
                print(0, failed("", "the file is empty; a header that names the columns is expected"));
                return;
            }
            columns = DeviceRow.columns(table.next());
        } catch (IllegalArgumentException e) {
            print(0, failed("", String.valueOf(e.getMessage())));
            return;
        }
        List<List<String>> unit = new ArrayList<>();
        String broken = null;
        try {
            while (table.hasNext()) {
                unit.add(table.next());
                if (unit.size() == ROWS_PER_UNIT) {
                    takeUnit(columns, unit);
                }
            }
        } catch (IOException e) {
            broken = "from here on the file cannot be read as rows: " + e.getMessage();
        }
        takeUnit(columns, unit);
        if (broken != null) {
            print(rows + 1, failed("", broken));
        }
    }

    private void takeUnit(List<String> columns, List<List<String>> unit) throws IOException {
        List<Outcome> outcomes = stores.work()
                .run(() -> unit.stream().map(cells -> outcome(columns, cells)).toList());
        unit.clear();
        for (Outcome outcome : outcomes) {
            rows++;
            print(rows, outcome);
        }
    }

    private static Outcome failed(String mac, String reason) {
        return new Outcome(mac, Status.FAILED, reason);
    }

    private Outcome outcome(List<String> columns, List<String> cells) {
        String name = "";
        try {
            DeviceRow row = DeviceRow.of(columns, cells);
            MacAddress mac = row.mac();
            name = mac.hex();
            return new Outcome(name, dryRun ? tried(row, mac) : taken(row, mac), "");
        } catch (IllegalArgumentException e) {
            return failed(name, String.valueOf(e.getMessage()));
        }
    }

    private Status tried(DeviceRow row, MacAddress mac) {
        return wanted(row, mac, stores.devices().findByMac(mac).orElse(null)).status();
    }

    private Status taken(DeviceRow row, MacAddress mac) {
        Wanted[] last = new Wanted[1];
        stores.devices().change(mac, existing -> {
            Wanted wanted = wanted(row, mac, existing.orElse(null));
            last[0] = wanted;
            return wanted.device();
        });
        DeviceEdits.labels(last[0].edit()).ifPresent(labels -> stores.labels().replace(mac, labels));
        return last[0].status();
    }

    /** The device as a row wants it, and what that is to the device as it stands. */
    private record Wanted(Device device, ObjectNode edit, Status status) {}

    private Wanted wanted(DeviceRow row, MacAddress mac, @Nullable Device existing) {
        Set<String> labels = existing == null ? Set.of() : stores.labels().of(mac);
        ObjectNode edit = row.edit(existing, labels, this::modelOf);
        if (existing != null && edit.isEmpty()) {
            return new Wanted(existing, edit, Status.UNCHANGED);
        }
        DeviceEdits.labels(edits.checked(edit));
        return existing == null
                ? new Wanted(edits.newDevice(mac, edit), edit, Status.CREATED)
                : new Wanted(edits.edited(existing, edit, false), edit, Status.CHANGED);
    }

    private Optional<String> modelOf(String anyName) {
        return models.find(anyName).map(DeviceModel::name).or(() -> Optional.of(anyName));
    }

    private void print(long row, Outcome outcome) throws IOException {
        counts.merge(outcome.status(), 1L, Long::sum);
        result.printRecord(
                row, CsvTable.guarded(outcome.mac()), outcome.status().word(), CsvTable.guarded(outcome.reason()));
    }

    /** For the audit log. */
    String summary() {
        return "created=" + count(Status.CREATED) + " changed=" + count(Status.CHANGED) + " unchanged="
                + count(Status.UNCHANGED) + " failed=" + count(Status.FAILED);
    }
}
