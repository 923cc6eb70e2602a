package dev.provhub.steps;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import dev.provhub.order.api.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one row of devices wants. An empty cell leaves alone, {@code none} takes away; a cell that shows what is there already wants
 * nothing.
 */
final class DeviceRow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE_SETTING = "setting.";
    private static final char NOT_UTF_8 = '\uFFFD';

    private final Map<String, String> cells;

    private DeviceRow(Map<String, String> cells) {
        this.cells = cells;
    }

    /**
     * Reads the header of a file.
     *
     * @return the columns by their names here, in the order of the header
     * @throws IllegalArgumentException when one is unknown, stands twice, or {@code mac} is missing
     */
    static List<String> columns(List<String> header) {
        List<String> columns = new ArrayList<>();
        List<String> known = new ArrayList<>(DeviceCsv.WRITABLE);
        known.addAll(DeviceCsv.TOLD);
        for (String name : header) {
            String column = name.startsWith(ONE_SETTING) && name.length() > ONE_SETTING.length()
                    ? name
                    : known.stream()
                            .filter(each -> each.equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("column '" + name
                                    + "' is not known; columns are separated by comma, semicolon or tab; allowed: "
                                    + String.join(", ", known) + ", " + ONE_SETTING + "<parameter>"));
            if (columns.contains(column)) {
                throw new IllegalArgumentException("column " + column + " stands twice in the header");
            }
            columns.add(column);
        }
        if (!columns.contains("mac")) {
            throw new IllegalArgumentException("the header names no column mac");
        }
        return List.copyOf(columns);
    }

    /** @throws IllegalArgumentException when the row does not fit the header */
    static DeviceRow of(List<String> columns, List<String> cells) {
        if (cells.size() > columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells, but the header names " + columns.size()
                    + " columns; quote a cell that holds the delimiter");
        }
        if (cells.stream().anyMatch(cell -> cell.indexOf(NOT_UTF_8) >= 0)) {
            throw new IllegalArgumentException("is not UTF-8");
        }
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                named.put(columns.get(i), cells.get(i));
            }
        }
        return new DeviceRow(named);
    }

    /** @throws IllegalArgumentException when it is none */
    MacAddress mac() {
        return MacAddress.ofDevice(cells.getOrDefault("mac", ""));
    }

    /**
     * What is to be changed; empty for nothing.
     *
     * @param device as it stands; null when it is not there
     * @param model  finds the name of a model by any of its names
     * @throws IllegalArgumentException when a cell cannot be read
     */
    ObjectNode edit(
            @Nullable Device device, Set<String> labels, java.util.function.Function<String, Optional<String>> model) {
        ObjectNode edit = JSON.createObjectNode();
        String named = cells.get("model");
        if (named != null && (device == null || !model.apply(named).equals(Optional.of(device.model())))) {
            edit.put("model", named);
        }
        text(edit, "serial", device == null ? null : device.serial());
        text(edit, "tenant", device == null ? null : device.place().tenant());
        text(edit, "plan", device == null ? null : device.place().plan());
        text(edit, "timeZone", device == null ? null : device.place().timeZone());
        labels(edit, labels);
        settings(edit, device == null ? Map.of() : device.settings());
        claimed(edit, device);
        return edit;
    }

    private void text(ObjectNode edit, String field, @Nullable String present) {
        String cell = cells.get(field);
        if (cell == null || (present != null && CsvTable.asRead(present).equals(cell))) {
            return;
        }
        if (!cell.equals("none")) {
            edit.put(field, cell);
        } else if (present != null) {
            edit.putNull(field);
        }
    }

    private void labels(ObjectNode edit, Set<String> present) {
        String cell = cells.get("labels");
        if (cell == null) {
            return;
        }
        Set<String> wanted = cell.equals("none")
                ? Set.of()
                : new TreeSet<>(List.of(cell.strip().split("[\\s,;|]+", -1)));
        if (!wanted.equals(present)) {
            wanted.forEach(edit.withArray("labels")::add);
        }
    }

    private void settings(ObjectNode edit, Map<String, String> present) {
        ObjectNode wanted = JSON.createObjectNode();
        String cell = cells.get("settings");
        if (cell != null) {
            object(cell).properties().forEach(field -> wanted.set(field.getKey(), field.getValue()));
        }
        cells.forEach((column, value) -> {
            if (column.startsWith(ONE_SETTING)) {
                wanted.put(column.substring(ONE_SETTING.length()), value.equals("none") ? null : value);
            }
        });
        wanted.properties().forEach(field -> {
            String now = present.get(field.getKey());
            boolean same = field.getValue().isNull()
                    ? now == null
                    : field.getValue().isTextual() && field.getValue().asText().equals(now);
            if (!same) {
                edit.withObject("/settings").set(field.getKey(), field.getValue());
            }
        });
    }

    private static JsonNode object(String cell) {
        try {
            JsonNode object = JSON.readTree(cell);
            if (object.isObject()) {
                return object;
            }
        } catch (JacksonException e) {
            // Told below, without what stands there: it may be a secret
        }
        throw new IllegalArgumentException("column settings is no JSON object of texts by parameter");
    }

    /** An import makes devices somebody's, as every edit does; a row that says otherwise wants nothing changed. */
    private void claimed(ObjectNode edit, @Nullable Device device) {
        String cell = cells.getOrDefault("claimed", "yes").toLowerCase(Locale.ROOT);
        if (!Set.of("yes", "no").contains(cell)) {
            throw new IllegalArgumentException("claimed '" + cell + "' is not allowed: yes or no");
        }
        boolean is = device != null && device.claimed();
        if (cell.equals("no") && (is || !edit.isEmpty())) {
            throw new IllegalArgumentException(
                    is
                            ? "claimed is no, but the device is claimed; DELETE lets it go"
                            : "the device is not claimed; claimed = yes takes it");
        }
        if (cell.equals("yes") && device != null && !is && edit.isEmpty()) {
            // Any edit claims it
            edit.put("model", device.model());
        }
    }
}
