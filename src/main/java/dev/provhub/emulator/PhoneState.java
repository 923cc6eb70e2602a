package dev.provhub.emulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * What a phone holds when its plug is pulled, as it lies in its state file. Holds secrets: the file is for its owner alone.
 *
 * @param model           {@code $PN}
 * @param mac             twelve lower-case hex digits
 * @param serial          as on the label
 * @param softwareVersion {@code $SWVER}
 * @param secured         whether its own profile came encrypted
 * @param customization   of the vendor's server
 * @param upgradedFrom    URL of the last image; empty for none
 * @param parameters      what it was given, by name
 * @param access          {@code ua} marks, by name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PhoneState(
        String model,
        String mac,
        String serial,
        String softwareVersion,
        boolean secured,
        Customization customization,
        String upgradedFrom,
        Map<String, String> parameters,
        Map<String, String> access) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Copies the maps; what a file leaves out is empty. */
    public PhoneState {
        upgradedFrom = upgradedFrom == null ? "" : upgradedFrom;
        customization = customization == null ? Customization.OPEN : customization;
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        access = access == null ? Map.of() : Map.copyOf(access);
    }

    /**
     * Reads a state file.
     *
     * @throws IOException when it cannot be read or is none; the message says why
     */
    public static PhoneState read(Path file) throws IOException {
        PhoneState state = JSON.readValue(file.toFile(), PhoneState.class);
        if (state.mac == null || state.model == null || state.serial == null || state.softwareVersion == null) {
            throw new IOException("it has no model, mac, serial or softwareVersion");
        }
        return state;
    }

    /** Writes a state file, whole or not at all, readable by its owner only. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(
                folder,
                ".phone",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, JSON.writeValueAsBytes(this), StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves the values out. */
    @Override
    public String toString() {
        return "PhoneState[" + mac + " " + model + " " + softwareVersion + ", " + parameters.size() + " parameters]";
    }
}
