package dev.provhub.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.LayerFileWriter;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.migration.Migration;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What an import writes: {@code layers/} to be copied into the configuration, {@code phones.csv} with the lines,
 * {@code devices.json} with the values of single devices, {@code left-out.txt}. The two in the middle hold passwords and are
 * readable by their owner alone.
 */
final class MigrationFolder {
    static final String LINES = "phones.csv";
    static final String DEVICES = "devices.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLUMNS = {
        "macAddress",
        "deviceModel",
        "lineNumber",
        "sipUser",
        "sipAuthUser",
        "sipPassword",
        "sipDomain",
        "sipProxy",
        "sipTransport",
        "displayName",
        "directoryNumber"
    };

    private final Path folder;
    private final ParameterDictionary dictionary;

    MigrationFolder(Path folder, ParameterDictionary dictionary) {
        this.folder = folder;
        this.dictionary = dictionary;
    }

    void write(Migration.Result result) throws IOException {
        if (!result.shared().isEmpty()) {
            layer("base/migrated", "What all devices shared before they came here", result.shared());
        }
        for (Map.Entry<DeviceModel, List<Read>> ofModel : result.ofModels().entrySet()) {
            String name = ofModel.getKey().name();
            layer("model/" + name, "What all " + name + " shared before they came here", ofModel.getValue());
        }
        Files.createDirectories(folder);
        secret(LINES, lines(result));
        secret(DEVICES, devices(result));
        StringBuilder leftOut = new StringBuilder();
        result.leftOut().forEach(left -> leftOut.append(left.file())
                .append(':')
                .append(left.line())
                .append(": ")
                .append(left.parameter())
                .append(": ")
                .append(left.because())
                .append('\n'));
        Files.writeString(folder.resolve("left-out.txt"), leftOut);
    }

    private void layer(String path, String description, List<Read> values) throws IOException {
        Path file = folder.resolve("layers").resolve(path + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, LayerFileWriter.write(description, values, dictionary));
    }

    private static String lines(Migration.Result result) throws IOException {
        StringWriter text = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(COLUMNS)
                        .setRecordSeparator("\n")
                        .get())) {
            for (Migration.Own device : result.devices()) {
                for (Line line : device.lines()) {
                    csv.printRecord(
                            device.mac().hex(),
                            device.model().name(),
                            line.number(),
                            line.sipUser(),
                            line.sipAuthUser(),
                            line.sipPassword(),
                            line.sipDomain(),
                            line.sipProxy(),
                            line.sipTransport(),
                            line.displayName(),
                            line.directoryNumber());
                }
            }
        }
        return text.toString();
    }

    private String devices(Migration.Result result) {
        ArrayNode devices = JSON.createArrayNode();
        for (Migration.Own device : result.devices()) {
            ObjectNode json = devices.addObject()
                    .put("mac", device.mac().hex())
                    .put("model", device.model().name());
            ObjectNode settings = json.putObject("settings");
            for (Read value : device.values()) {
                boolean known = dictionary.find(value.name()).isPresent();
                settings.put(known ? value.name() : "extra:" + value.name(), value.text());
            }
        }
        return devices.toPrettyString() + "\n";
    }

    private void secret(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    }
}
