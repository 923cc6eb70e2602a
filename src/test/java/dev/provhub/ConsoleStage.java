package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A hub with something to see: phones that have proved themselves, a rollout under way, a fault, a route file with a mistake, orders, an
 * import, and somebody who sent what he hopes to be a script.
 */
final class ConsoleStage implements AutoCloseable {
    static final String FIRST = "000e08c00001";
    static final String SECOND = "000e08c00002";
    static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECEIVER = """
            - route:
                id: give-message
                description: Give a message to somebody else
                routeConfigurationId: hub-intake-errors
                from:
                  uri: direct
                  parameters:
                    name: give-message
                  steps:
                    - to:
                        id: give-message-post
                        uri: http
                        parameters:
                          httpUri: "127.0.0.1:%d"
            """;
    private static final String FEED = """
            - route:
                id: give-message-%1$s
                description: Bring one message that somebody else has to take
                routeConfigurationId: hub-intake-errors
                from:
                  uri: timer
                  parameters:
                    timerName: give-message-%1$s
                    repeatCount: 1
                  steps:
                    - setBody:
                        id: give-message-%1$s-body
                        expression:
                          constant:
                            expression: '{"externalId":"%1$s","sipPassword":"rosebud"}'
                    - setProperty:
                        id: give-message-%1$s-subject
                        name: hubSubject
                        expression:
                          constant:
                            expression: %1$s
                    - to:
                        id: give-message-%1$s-give
                        uri: direct
                        parameters:
                          name: give-message
            """;
    private static final String MISTAKE = """
            - route:
                id: mistaken
                description: Call a step that is not there
                routeConfigurationId: hub-errors
                from:
                  uri: direct
                  parameters:
                    name: mistaken
                  steps:
                    - bean:
                        id: mistaken-step
                        ref: identfy
            """;

    private final HubUnderTest hub;
    private final int receiver;
    private final List<PhoneUnderTest> fleet = new ArrayList<>();

    private ConsoleStage(HubUnderTest hub, int receiver) {
        this.hub = hub;
        this.receiver = receiver;
    }

    static ConsoleStage set(Path folder, VirtualPhones phones) throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        Folders.copy(Path.of("routes"), folder.resolve("routes"));
        Files.createDirectories(folder.resolve("firmware"));
        int receiver;
        try (ServerSocket free = new ServerSocket(0)) {
            receiver = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("firmware/catalog.yaml"),
                "images:\n" + image(folder, "7.5.2b") + image(folder, "7.6.2g") + image(folder, "7.6.2f"));
        Files.writeString(
                folder.resolve("routes/orders/give-message.camel.yaml"),
                RECEIVER.formatted(receiver) + FEED.formatted("kept") + FEED.formatted("retried"));
        HubUnderTest hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.config", folder.resolve("config").toString(),
                        "hub.firmware", folder.resolve("firmware").toString(),
                        "hub.routes", folder.resolve("routes").toString()));
        ConsoleStage stage = new ConsoleStage(hub, receiver);
        stage.order();
        stage.switchOn(phones);
        stage.scare();
        stage.rollOut();
        Files.writeString(folder.resolve("routes/orders/mistaken.camel.yaml"), MISTAKE);
        stage.awaitText("/api/v1/faults", "\"count\":2");
        stage.awaitText("/api/v1/routes", "mistaken.camel.yaml");
        return stage;
    }

    private static String image(Path folder, String version) throws IOException {
        String name = "spa50x-30x-" + version.replace('.', '-') + ".bin";
        for (Map.Entry<String, byte[]> file : FirmwareImages.files(PhoneModel.SPA504G.container(), name, version, 4000)
                .entrySet()) {
            Files.write(folder.resolve("firmware").resolve(file.getKey()), file.getValue());
        }
        return "  - {file: " + name + ", family: spa50x-30x, version: " + version + "}\n";
    }

    private void order() throws Exception {
        assertThat(hub.order(Files.readString(Path.of("docs/examples/order.json")))
                        .statusCode())
                .isEqualTo(201);
        String rows =
                "externalId,action,macAddress,deviceModel,lineNumber,displayName,sipUser,sipPassword,sipDomain,plan\n"
                        + "C-1,add," + FIRST + ",SPA504G,1,Reception,4989200001,pass-one,sip.example.net,office\n"
                        + "C-2,add," + SECOND + ",SPA504G,1,Workshop,4989200002,pass-two,sip.example.net,office\n"
                        + "C-3,add," + SECOND + ",SPA999Z,1,Nobody,4989200003,pass-three,sip.example.net,office\n";
        assertThat(hub.post("/api/v1/imports", "text/csv", rows).body()).contains(",failed,");
    }

    private void switchOn(VirtualPhones phones) throws Exception {
        for (String mac : List.of(FIRST, SECOND)) {
            fleet.add(phones.aPhoneOf(hub)
                    .thatIs(PhoneModel.SPA504G)
                    .withMac(MacAddress.parse(mac))
                    .running("7.5.2b")
                    .switchedOn());
        }
        for (PhoneUnderTest phone : fleet) {
            phone.awaitSecured();
            // What it brings with its next request shows that it has applied what was ordered
            phone.resync();
        }
        awaitText("/tmf-api/serviceOrdering/v4/serviceOrder?externalId=C-1&state=completed", "completed");
    }

    /** What anybody can send who knows a MAC address. */
    private void scare() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.httpUrl() + "/b/504G/" + FIRST + ".cfg"))
                .header("User-Agent", HOSTILE)
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        awaitText("/api/v1/devices/" + FIRST + "/contacts", "onerror");
    }

    private void rollOut() throws Exception {
        // In a window that is not now it stays under way
        int hour = (ZonedDateTime.now(ZoneOffset.UTC).getHour() + 12) % 24;
        String spring = "{\"name\":\"spring\",\"filter\":\"model=SPA504G\",\"versions\":{\"spa50x-30x\":\"7.6.2g\"},"
                + "\"groups\":[\"1\"],\"spreadMinutes\":0,\"start\":\"now\",\"window\":\"%02d:00-%02d:30\"}"
                        .formatted(hour, hour);
        HttpResponse<String> made = hub.post("/api/v1/rollouts", "application/json", spring);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        awaitText("/api/v1/rollouts/1", "\"state\":\"running\"");
    }

    void awaitText(String path, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hub.get(path).body()).contains(text));
    }

    /** Has the first phone ask for its profile. */
    void resync() {
        fleet.get(0).resync();
    }

    HubUnderTest hub() {
        return hub;
    }

    /** Port of the loopback address at which nobody listens, and the faulty message is to be taken. */
    int receiver() {
        return receiver;
    }

    String url() {
        return "http://" + hub.config().listeners().api();
    }

    @Override
    public void close() {
        hub.close();
    }
}
