package dev.provhub;

import dev.provhub.command.RunningHub;
import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfigReader;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A whole hub in this JVM, on free ports of the loopback address, with the shipped files and a data folder of its own. */
final class HubUnderTest implements AutoCloseable {
    private static final int START_ATTEMPTS = 3;

    private final RunningHub hub;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HubUnderTest(RunningHub hub) {
        this.hub = hub;
    }

    static HubUnderTest start(Path data, Map<String, String> overrides) {
        return start(data, overrides, Clock.systemUTC());
    }

    static HubUnderTest start(Path data, Map<String, String> overrides, Clock clock) {
        OldTls.allow();
        HubConfig config = HubConfigReader.read(Path.of("").toAbsolutePath(), Map.of(), settings(data, overrides));
        return new HubUnderTest(started(config, clock));
    }

    /** A free port may be taken by another program of this machine before the hub listens on it: then others are tried. */
    private static RunningHub started(HubConfig config, Clock clock) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Launcher(clock).start(config);
            } catch (IllegalConfigurationException e) {
                if (attempt == START_ATTEMPTS || !String.valueOf(e.getMessage()).contains("already in use")) {
                    throw e;
                }
            }
        }
    }

    /** Runs a command of the program for this hub. */
    CommandRun command(String... arguments) {
        Map<String, String> settings = settings(config().folders().data(), Map.of());
        settings.put("hub.api.port", "" + config().listeners().api().port());
        return CommandRun.of(settings, arguments);
    }

    static Map<String, String> settings(Path data, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        for (String listener : new String[] {"tftp", "http", "https", "https-legacy", "api", "sip", "syslog"}) {
            settings.put("hub." + listener + ".host", "127.0.0.1");
            settings.put("hub." + listener + ".port", "0");
        }
        settings.put("hub.https-legacy.enabled", "true");
        settings.put("hub.import.quiet-seconds", "1");
        settings.put("hub.data", data.toAbsolutePath().toString());
        settings.putAll(overrides);
        return settings;
    }

    HubConfig config() {
        return hub.config();
    }

    RunningHub hub() {
        return hub;
    }

    String tftpUrl() {
        return "tftp://" + hub.config().listeners().tftp();
    }

    String httpUrl() {
        return "http://" + hub.config().listeners().http();
    }

    String httpsUrl() {
        return "https://" + hub.config().listeners().https();
    }

    String legacyUrl() {
        return "https://" + hub.config().listeners().httpsLegacy();
    }

    Listener tftp() {
        return hub.config().listeners().tftp();
    }

    String token() throws IOException {
        return Files.readString(hub.config().folders().data().resolve("admin.token"))
                .strip();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(api(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        return http.send(
                api(path)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        return http.send(
                api(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return http.send(api(path).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> order(String json) throws IOException, InterruptedException {
        return post("/tmf-api/serviceOrdering/v4/serviceOrder", "application/json", json);
    }

    HttpRequest.Builder api(String path) throws IOException {
        return HttpRequest.newBuilder(
                        URI.create("http://" + hub.config().listeners().api() + path))
                .header("Authorization", "Bearer " + token());
    }

    @Override
    public void close() {
        hub.close();
    }
}
