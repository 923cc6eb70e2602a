package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts on a whole hub, with virtual phones of three families. */
class RolloutsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A version whose image is spoilt once the hub has read the catalog. */
    private static final String BROKEN = "7.6.9a";

    private static final long FIRST_MAC = 0x000e_08f7_0000L;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(120);

    @TempDir
    private Path folder;

    private HubUnderTest hub;
    private final List<PhoneUnderTest> fleet = new ArrayList<>();

    /** A family: its model, the images it takes, two versions of which the first is compulsory, and where phones begin. */
    private record Family(
            PhoneModel model,
            String name,
            String images,
            String first,
            String last,
            String file,
            List<String> begins) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    PhoneModel.SPA504G,
                    "SPA504G",
                    "spa50x-30x",
                    "7.5.2b",
                    "7.6.2g",
                    "spa50x-30x-%s.bin",
                    List.of("7.4.8a", "7.5.2b", "7.5.5")),
            new Family(
                    PhoneModel.SPA514G,
                    "SPA514G",
                    "spa51x",
                    "7.5.5",
                    "7.6.2e",
                    "spa51x-%s.bin",
                    List.of("7.5.4", "7.5.5")),
            new Family(
                    PhoneModel.SPA525G2,
                    "SPA525G2",
                    "spa525g",
                    "7.5.2b",
                    "7.6.2e",
                    "spa525g-%s.bin",
                    List.of("7.4.8", "7.5.2b")));

    @BeforeEach
    void start() throws Exception {
        Folders.copy(Path.of("config"), folder.resolve("config"));
        Files.createDirectories(folder.resolve("firmware"));
        StringBuilder catalog = new StringBuilder("images:\n");
        for (Family family : FAMILIES) {
            catalog.append(image(family, family.first(), ""))
                    .append(image(family, family.last(), ", from: " + family.first()));
        }
        catalog.append(
                image(FAMILIES.get(0), BROKEN, ", from: " + FAMILIES.get(0).last()));
        catalog.append("families:\n  spa50x-30x: {floor: 7.5.2b}\n");
        Files.writeString(folder.resolve("firmware/catalog.yaml"), catalog);
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.config",
                        folder.resolve("config").toString(),
                        "hub.firmware",
                        folder.resolve("firmware").toString(),
                        "hub.layer.max-immediate",
                        "3",
                        "hub.rollout.repeats",
                        "3",
                        "hub.rollout.repeat-seconds",
                        "0"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private String image(Family family, String version, String more) throws Exception {
        String name = family.file().formatted(version.replace('.', '-'));
        Map<String, byte[]> files = FirmwareImages.files(family.model().container(), name, version, 4000);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve("firmware").resolve(file.getKey()), file.getValue());
        }
        return "  - {file: " + name + ", family: " + family.images() + ", version: " + version + more + "}\n";
    }

    private void order(int each) throws Exception {
        StringBuilder orders = new StringBuilder(
                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n");
        List<GivenPhone> given = new ArrayList<>();
        int number = 0;
        for (Family family : FAMILIES) {
            for (int i = 0; i < each; i++) {
                MacAddress mac = MacAddress.parse("%012x".formatted(FIRST_MAC + number++));
                orders.append(String.join(
                                ",",
                                "R-" + mac,
                                "add",
                                mac.toString(),
                                family.name(),
                                "1",
                                "user-" + mac,
                                "pass-" + mac,
                                "sip.example.net"))
                        .append('\n');
                given.add(phones.aPhoneOf(hub)
                        .thatIs(family.model())
                        .withMac(mac)
                        .running(family.begins().get(i % family.begins().size())));
            }
        }
        assertThat(hub.post("/api/v1/imports", "text/csv", orders.toString()).body())
                .doesNotContain(",failed,");
        for (GivenPhone one : given) {
            fleet.add(one.switchedOn());
        }
        for (PhoneUnderTest phone : fleet) {
            phone.awaitSecured();
        }
    }

    private JsonNode create(String json) throws Exception {
        HttpResponse<String> made = hub.post("/api/v1/rollouts", "application/json", json);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body());
    }

    private String firmware(String more) {
        String versions = FAMILIES.stream()
                .map(family -> "\"" + family.images() + "\":\"" + family.last() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return "{\"name\":\"spring\",\"filter\":\"all\",\"versions\":" + versions
                + ",\"spreadMinutes\":0,\"start\":\"now\"" + more + "}";
    }

    private JsonNode view(JsonNode rollout) throws Exception {
        return JSON.readTree(
                hub.get("/api/v1/rollouts/" + rollout.path("id").asText()).body());
    }

    /** Phones are told to ask again while it is waited; one of a hundred and twenty seconds a second asks by itself, too. */
    private JsonNode await(JsonNode rollout, Predicate<JsonNode> until) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode now = view(rollout);
        while (!until.test(now) && System.nanoTime() < end) {
            fleet.forEach(PhoneUnderTest::resync);
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now = view(rollout);
        }
        assertThat(until.test(now)).as(now.toPrettyString()).isTrue();
        return now;
    }

    @Test
    void rollouts_ofThreeFamilies_stopByTheCanaryOrReachEveryPhone() throws Exception {
        order(4);
        held();
        goodFirmware();
        brokenFirmware();
        wrongProxy();
        back();
    }

    /** Of the family with a floor the phone goes down whose former image is there; the others stay where they are. */
    private void back() throws Exception {
        JsonNode rollout = JSON.readTree(hub.get("/api/v1/rollouts/2").body());
        assertThat(act(rollout, "back")).isEqualTo(200);

        JsonNode end = await(
                rollout,
                now -> now.at("/progress/returned").asInt()
                                + now.at("/progress/left").asInt()
                        == fleet.size());

        assertThat(end.at("/progress/returned").asInt()).isEqualTo(1);
        assertThat(end.path("leavings").toString())
                .contains("family spa525g has no 'floor'", "has no version '7.5.5' of family spa50x-30x");
        PhoneUnderTest down = fleet.get(1);
        assertThat(down.softwareVersion()).isEqualTo("7.5.2b");
        assertThat(down.told(PhoneEvent.Upgraded.class))
                .extracting(PhoneEvent.Upgraded::to)
                .containsExactly("7.6.2g", "7.5.2b");
        assertThat(fleet.get(11).softwareVersion()).isEqualTo("7.6.2e");
    }

    private void held() throws Exception {
        assertThat(hub.post("/api/v1/hold", "application/json", "").body()).contains("\"held\":true");
        JsonNode rollout = create(firmware("").replace("all", "model=SPA525G2"));
        fleet.forEach(PhoneUnderTest::resync);
        assertThat(view(rollout).path("state").asText()).isEqualTo("scheduled");
        assertThat(hub.get("/api/v1/rollouts").body()).contains("\"held\":true", "\"who\":\"admin.token (");
        assertThat(view(rollout).at("/hold/who").asText()).startsWith("admin.token (");
        assertThat(hub.command("rollout", "show", "1").ending(0)).contains("every rollout is held since 20");
        assertThat(hub.command("rollout", "create", "--filter", "label=vip and modle=X", "--version", "spa525g=7.6.2e")
                        .ending(1))
                .contains("  label=vip and modle=X\n                ^\n");
        assertThat(act(rollout, "jump")).isEqualTo(404);
        assertThat(act(rollout, "resume")).isEqualTo(409);
        assertThat(act(rollout, "cancel")).isEqualTo(200);
        assertThat(hub.delete("/api/v1/hold").body()).contains("\"held\":false");
    }

    private int act(JsonNode rollout, String action) throws Exception {
        return hub.post("/api/v1/rollouts/" + rollout.path("id").asText() + "/" + action, "application/json", "")
                .statusCode();
    }

    private void brokenFirmware() throws Exception {
        Family family = FAMILIES.get(0);
        Files.write(
                folder.resolve("firmware").resolve(family.file().formatted(BROKEN.replace('.', '-'))), new byte[4000]);
        JsonNode rollout = create(firmware(",\"groups\":[\"2\"],\"errors\":\"1\",\"sample\":1")
                .replace("all", "model=SPA504G")
                .replace(family.last(), BROKEN));

        JsonNode end = await(rollout, now -> now.path("state").asText().equals("stopped"));

        assertThat(end.path("reason").asText()).contains("failed");
        assertThat(end.at("/groups/1/state").asText()).isEqualTo("waiting");
        assertThat(end.path("failures").toString()).contains("does not run " + BROKEN);
        assertThat(fleet.stream()
                        .filter(phone -> phone.parameter("Upgrade_Rule").contains("7-6-9a"))
                        .count())
                .isLessThanOrEqualTo(2);
    }

    private void goodFirmware() throws Exception {
        JsonNode rollout = create(firmware(",\"groups\":[\"3\",\"50%\"],\"sample\":1"));

        JsonNode end = await(
                rollout,
                now -> now.path("state").asText().equals("finished")
                        && now.path("progress").path("running").asInt() == fleet.size());

        assertThat(end.path("groups")).hasSize(3);
        assertThat(end.path("progress").path("failed").asInt()).isZero();
        for (PhoneUnderTest phone : fleet) {
            assertThat(phone.softwareVersion()).isIn("7.6.2g", "7.6.2e");
        }
        assertThat(hub.get("/api/v1/audit").body())
                .contains("rollout 2 created", "rollout 2 group 3 begun", "rollout 2 finished");
        JsonNode devices = JSON.readTree(
                hub.get("/api/v1/rollouts/2/devices?progress=running&limit=5").body());
        assertThat(devices.path("devices")).hasSize(5);
        assertThat(devices.path("next").isNull()).isFalse();
    }

    private void wrongProxy() throws Exception {
        fleet.forEach(phone -> phone.registersOnlyWhen(
                now -> !now.parameter("Outbound_Proxy_1_").equals("wrong.example.net")));
        Files.writeString(
                folder.resolve("config/layers/base/proxy.yaml"),
                "description: A proxy that nobody has\nvalues:\n  Outbound_Proxy_1_: wrong.example.net\n");
        awaitHeld();
        JsonNode rollout = create(
                "{\"kind\":\"layers\",\"groups\":[\"3\"],\"errors\":\"2\",\"sample\":2,\"spreadMinutes\":0,\"start\":\"now\"}");

        JsonNode end = await(rollout, now -> now.path("state").asText().equals("stopped"));

        assertThat(end.path("failures").toString()).contains("its first line is not registered");
        assertThat(fleet.stream().filter(RolloutsIT::isWrong).count()).isLessThanOrEqualTo(3);
        assertThat(act(rollout, "back")).isEqualTo(200);
        await(rollout, now -> fleet.stream().noneMatch(RolloutsIT::isWrong));
        assertThat(hub.get("/api/v1/layers").body()).contains("\"rolling\":null", "base/proxy.yaml");
    }

    private static boolean isWrong(PhoneUnderTest phone) {
        return phone.parameter("Outbound_Proxy_1_").equals("wrong.example.net");
    }

    private void awaitHeld() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!hub.get("/api/v1/layers").body().contains("proxy.yaml") && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
