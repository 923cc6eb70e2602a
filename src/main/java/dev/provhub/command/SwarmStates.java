package dev.provhub.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.emulator.PhoneState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The states of a swarm's phones in one gzip file, a line of JSON each. Holds secrets: for its owner alone. */
final class SwarmStates {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, PhoneState> byMac;

    private SwarmStates(Map<String, PhoneState> byMac) {
        this.byMac = byMac;
    }

    /** Those of a file; none when it is null or not there yet. */
    static SwarmStates read(@Nullable Path file) {
        Map<String, PhoneState> byMac = new HashMap<>();
        if (file != null && Files.exists(file)) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    PhoneState state = JSON.readValue(line, PhoneState.class);
                    byMac.put(state.mac(), state);
                }
            } catch (IOException e) {
                throw new IllegalConfigurationException("--state " + file + " holds no states of phones: "
                        + String.valueOf(e.getMessage()).split("\n", 2)[0]);
            }
        }
        return new SwarmStates(byMac);
    }

    @Nullable
    PhoneState of(String mac) {
        return byMac.get(mac);
    }

    int count() {
        return byMac.size();
    }

    static void write(Path file, Stream<PhoneState> states) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            for (Iterator<PhoneState> each = states.iterator(); each.hasNext(); ) {
                out.write(JSON.writeValueAsString(each.next()));
                out.write('\n');
            }
        }
    }
}
