package dev.provhub.command;

import dev.provhub.config.FolderTree;
import dev.provhub.config.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with everything the demo's hub needs: a copy of {@code config}, the demo's layers, catalog and images, and room
 * for data. The project's own files stay as they are.
 */
final class DemoWorkspace {
    /** How every password of the demo begins, so that it can be looked for in a capture. */
    static final String PASSWORD_MARK = "demo-pw-";

    private static final int PASSWORD_BYTES = 12;
    private static final List<String> TRANSPORTS = List.of("http", "tftp");

    private final Path folder;
    private final DemoFleet fleet;

    private DemoWorkspace(Path folder, DemoFleet fleet) {
        this.folder = folder;
        this.fleet = fleet;
    }

    /** @param home the project, whose {@code config} is copied */
    static DemoWorkspace create(Path home) throws IOException {
        Path folder = Files.createTempDirectory("hub-demo");
        copy(home.resolve("config"), folder.resolve("config"));
        Files.createDirectories(folder.resolve("firmware"));
        Files.createDirectories(folder.resolve("data/import"));
        YamlNode fleet = YamlNode.read(Files.writeString(folder.resolve("fleet.yaml"), resource("fleet.yaml")));
        DemoWorkspace workspace = new DemoWorkspace(folder, DemoFleet.read(fleet));
        workspace.writeLayers();
        DemoFirmware.write(resource("catalog.yaml"), fleet, folder.resolve("firmware"));
        return workspace;
    }

    DemoFleet fleet() {
        return fleet;
    }

    Path folder() {
        return folder;
    }

    /** Settings of the demo's hub: free ports of this machine alone, and the listener for old phones. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (String listener : List.of("tftp", "http", "https", "https-legacy", "api", "sip", "syslog")) {
            settings.put("hub." + listener + ".host", "127.0.0.1");
            settings.put("hub." + listener + ".port", "0");
        }
        settings.put("hub.https-legacy.enabled", "true");
        settings.put("hub.data", folder.resolve("data").toString());
        settings.put("hub.config", folder.resolve("config").toString());
        settings.put("hub.firmware", folder.resolve("firmware").toString());
        return settings;
    }

    /** The order to post, with a password of its own. */
    static String order() throws IOException {
        return withPasswords(resource("order.json"));
    }

    /** The CSV to drop, with a password for each row. */
    static String csv() throws IOException {
        return withPasswords(resource("phones.csv"));
    }

    void delete() throws IOException {
        FolderTree.delete(folder);
    }

    /** A plan for each pair of transports, and the firmware version of each model. */
    private void writeLayers() throws IOException {
        Path layers = folder.resolve("config/layers");
        for (String profile : TRANSPORTS) {
            for (String firmware : TRANSPORTS) {
                Files.writeString(
                        layers.resolve("plan/demo-" + profile + "-" + firmware + ".yaml"),
                        "description: Demo\nsettings:\n  profileTransport: " + profile + "\n  firmwareTransport: "
                                + firmware + "\n");
            }
        }
        for (DemoFleet.Member phone : fleet.phones()) {
            Files.writeString(
                    layers.resolve("model/" + phone.model() + ".yaml"),
                    "description: Demo\nsettings:\n  firmwareVersion: " + phone.after() + "\n");
        }
    }

    private static String withPasswords(String template) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        String rest = template;
        for (int hole = rest.indexOf("${password}"); hole >= 0; hole = rest.indexOf("${password}")) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            random.nextBytes(bytes);
            text.append(rest, 0, hole)
                    .append(PASSWORD_MARK)
                    .append(HexFormat.of().formatHex(bytes));
            rest = rest.substring(hole + "${password}".length());
        }
        return text.append(rest).toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoWorkspace.class.getResourceAsStream("/demo/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
