package dev.provhub.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.Device;
import dev.provhub.device.filter.PresentDigests;
import java.util.Map;

/** The column {@code own_firmware}: what of a device's own settings its revision's digest is made of, in clear. */
final class OwnFirmware {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private OwnFirmware() {}

    /** Empty for none. */
    static String column(Device device) {
        Map<String, String> own = PresentDigests.own(device);
        try {
            return own.isEmpty() ? "" : JSON.writeValueAsString(own);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    static Map<String, String> settings(String column) {
        try {
            return column.isEmpty() ? Map.of() : JSON.readValue(column, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("column own_firmware does not hold JSON", e);
        }
    }
}
