package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.store.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens to phones in the field, played with virtual ones; their hours are our seconds. */
class ScenariosIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final MacAddress STUDY = MacAddress.parse("000e08000002");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), settings);
        ordered(KITCHEN, "SPA504G");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /** An order for a line of a device. */
    private void ordered(MacAddress mac, String model) throws Exception {
        String row = "S-%s,add,%s,%s,1,user-%s,pass-%s,sip.example.net%n".formatted(mac, mac, model, mac, mac);
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + row)
                        .body())
                .contains(",ok,");
    }

    private GivenPhone aPhone() {
        return phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN);
    }

    private PhoneUnderTest aSecuredPhone() throws Exception {
        PhoneUnderTest phone = aPhone().switchedOn();
        phone.awaitParameter("User_ID_1_", "user-" + KITCHEN);
        return phone;
    }

    private JsonNode device(MacAddress mac) throws IOException, InterruptedException {
        return JSON.readTree(hub.get("/api/v1/devices/" + mac).body());
    }

    private void awaitState(MacAddress mac, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(device(mac).path("state").asText()).isEqualTo(state));
    }

    private void display(MacAddress mac, String name) throws IOException, InterruptedException {
        String body = "{\"settings\":{\"Station_Name\":\"" + name + "\"}}";
        assertThat(hub.send("PATCH", "/api/v1/devices/" + mac, body).statusCode())
                .isEqualTo(200);
    }

    private void hubAwayAndBack(ThrowingAction meanwhile) throws Exception {
        for (String listener : new String[] {"tftp", "http", "https", "https-legacy", "api", "sip", "syslog"}) {
            settings.put("hub." + listener + ".port", Integer.toString(port(listener)));
        }
        hub.close();
        meanwhile.run();
        hub = HubUnderTest.start(folder.resolve("data"), settings);
    }

    private int port(String listener) {
        return switch (listener) {
            case "tftp" -> hub.config().listeners().tftp().port();
            case "http" -> hub.config().listeners().http().port();
            case "https" -> hub.config().listeners().https().port();
            case "https-legacy" -> hub.config().listeners().httpsLegacy().port();
            case "sip" -> hub.config().notifying().sip().port();
            case "syslog" -> hub.config().deviceLog().syslog().port();
            default -> hub.config().listeners().api().port();
        };
    }

    private interface ThrowingAction {
        void run() throws Exception;
    }

    @Test
    void outage_ofHours_makesPhonesRetryByTheirListsAndAllComeBack() throws Exception {
        List<PhoneUnderTest> street = new ArrayList<>();
        for (int house = 1; house <= 20; house++) {
            MacAddress mac = MacAddress.parse("000e080001%02x".formatted(house));
            String model = house % 2 == 0 ? "SPA504G" : "CP-8841-3PCC";
            ordered(mac, model);
            street.add(phones.aPhoneOf(hub).thatIs(model).withMac(mac).switchedOn());
        }
        for (PhoneUnderTest phone : street) {
            phone.awaitSecured();
        }

        hubAwayAndBack(() -> {
            for (PhoneUnderTest phone : street) {
                phone.resync();
            }
            for (PhoneUnderTest phone : street) {
                phone.awaitTold(PhoneEvent.ResyncFailed.class, 4);
            }
        });
        for (PhoneUnderTest phone : street) {
            display(MacAddress.parse(phone.mac()), "back");
        }

        for (PhoneUnderTest phone : street) {
            phone.awaitParameter("Station_Name", "back");
            assertThat(phone.retryDelay(0)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
            assertThat(phone.retryDelay(1)).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(600));
            assertThat(phone.retryDelay(2)).isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1800));
        }
        assertThat(street.stream().map(phone -> phone.retryDelay(0)).distinct().count())
                .as("not all at the same moment")
                .isGreaterThan(1);
    }

    @Test
    void keyMismatch_endsInCorruptFilesUntilThePhoneGoesHomeAndHeals() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        int keyedBefore = phone.keyProfiles();

        phone.set("GPP_A", "0".repeat(64));
        phone.resync();

        phone.awaitTold(PhoneEvent.ResyncFailed.class, 1);
        assertThat(phone.told(PhoneEvent.ResyncFailed.class).get(0).error()).isEqualTo("corrupt file");
        phone.awaitUntil("keyed again", () -> phone.keyProfiles() > keyedBefore);
        display(KITCHEN, "healed");
        phone.awaitParameter("Station_Name", "healed");
        phone.awaitSecured();
    }

    @Test
    void rotation_isTakenOverAndTheOldDirectoryEnds() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        String oldKey = phone.parameter("GPP_A");
        String oldPlace = phone.ownPlace();

        assertThat(rotate(KITCHEN)).isEqualTo(202);
        assertThat(fetched(oldPlace)).as("before the phone has heard of it").isEqualTo(200);
        phone.resync();
        phone.awaitUntil("new key", () -> !phone.parameter("GPP_A").equals(oldKey));
        assertThat(fetched(oldPlace))
                .as("half way: given, but not asked for at the new place")
                .isEqualTo(200);
        phone.resync();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fetched(oldPlace)).isEqualTo(404));
        assertThat(phone.ownPlace()).isNotEqualTo(oldPlace);
        display(KITCHEN, "rotated");
        phone.resync();
        phone.awaitParameter("Station_Name", "rotated");
    }

    @Test
    void rotation_brokenOffByAFactoryReset_endsAtTheNewPlace() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        String oldPlace = phone.ownPlace();
        assertThat(rotate(KITCHEN)).isEqualTo(202);

        phone.forgetEverything();
        phone.awaitTold(PhoneEvent.FactoryReset.class, 1);
        phone.awaitParameter("User_ID_1_", "user-" + KITCHEN);

        assertThat(phone.ownPlace()).isNotEqualTo(oldPlace);
        assertThat(fetched(oldPlace)).isEqualTo(404);
    }

    @Test
    void rotation_ofAnOldKey_beginsByItself() throws Exception {
        PhoneUnderTest phone = aSecuredPhone();
        String oldKey = phone.parameter("GPP_A");
        settings.put("hub.rotation.days", "30");

        hubAwayAndBack(() -> {
            try (Database database = Database.open(
                            hub.config().database().url(),
                            hub.config().database().user(),
                            "");
                    Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update device_key set made = current_timestamp - interval '40' day");
            }
        });

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            phone.resync();
            assertThat(phone.parameter("GPP_A")).isNotEqualTo(oldKey);
        });
    }

    private int rotate(MacAddress mac) throws IOException, InterruptedException {
        return hub.send("POST", "/api/v1/devices/" + mac + "/rotate-key", "").statusCode();
    }

    private static int fetched(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void wrongCertificate_getsTheBootstrapAndNothingElse() throws Exception {
        ordered(STUDY, "SPA504G");
        PhoneUnderTest thief = aPhone().withCertificateOf(STUDY).switchedOn();

        thief.awaitTold(PhoneEvent.ResyncFailed.class, 2);

        assertThat(thief.told(PhoneEvent.Resynced.class)).isNotEmpty().noneMatch(PhoneEvent.Resynced::sealed);
        assertThat(thief.parameter("GPP_A")).isEmpty();
        assertThat(thief.parameter("User_ID_1_")).isEmpty();
        assertThat(device(KITCHEN).path("state").asText()).isEqualTo("NEW");
        assertThat(device(STUDY).path("state").asText()).isEqualTo("NEW");
    }

    @Test
    void noCertificate_getsTheBootstrapAndNothingElse() throws Exception {
        PhoneUnderTest phone = aPhone().withoutCertificate().switchedOn();

        phone.awaitTold(PhoneEvent.ResyncFailed.class, 2);

        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(device(KITCHEN).path("state").asText()).isEqualTo("NEW");
    }

    @Test
    void factoryReset_inEachState_leadsBackToItsOwnProfile() throws Exception {
        PhoneUnderTest phone = aPhone().switchedOn();

        phone.awaitTold(PhoneEvent.Resynced.class, 1);
        phone.forgetEverything();
        phone.awaitTold(PhoneEvent.FactoryReset.class, 1);

        phone.awaitUntil("keyed", () -> phone.keyProfiles() > 0);
        phone.forgetEverything();
        phone.awaitTold(PhoneEvent.FactoryReset.class, 2);

        phone.awaitSecured();
        phone.forgetEverything();
        phone.awaitTold(PhoneEvent.FactoryReset.class, 3);

        phone.awaitParameter("User_ID_1_", "user-" + KITCHEN);
        phone.awaitSecured();
        awaitState(KITCHEN, "SECURED");
    }

    @Test
    void notFoundBurst_ofAMultiplatformPhone_harmsNobody() throws Exception {
        ordered(STUDY, "CP-8841-3PCC");
        String home = hub.hub().publicAddresses().http();
        PhoneUnderTest phone = phones.aPhoneOf(hub)
                .thatIs("CP-8841-3PCC")
                .withMac(STUDY)
                .withOption66(home + "/nowhere/at/all;" + home)
                .switchedOn();

        phone.awaitParameter("User_ID_1_", "user-" + STUDY);

        assertThat(phone.told(PhoneEvent.Missed.class))
                .extracting(PhoneEvent.Missed::error)
                .contains("file not found");
        assertThat(phone.told(PhoneEvent.ResyncFailed.class)).isEmpty();
    }

    @Test
    void twoPhonesBehindOneAddress_getEachItsOwn() throws Exception {
        ordered(STUDY, "SPA504G");
        PhoneUnderTest kitchen = aPhone().switchedOn();
        PhoneUnderTest study =
                phones.aPhoneOf(hub).thatIs("SPA504G").withMac(STUDY).switchedOn();

        kitchen.awaitParameter("User_ID_1_", "user-" + KITCHEN);
        study.awaitParameter("User_ID_1_", "user-" + STUDY);

        assertThat(kitchen.parameter("GPP_A")).hasSize(64).isNotEqualTo(study.parameter("GPP_A"));
        assertThat(kitchen.parameter("Password_1_")).isEqualTo("pass-" + KITCHEN);
        assertThat(study.parameter("Password_1_")).isEqualTo("pass-" + STUDY);
    }

    @Test
    void clockAt1970_isSetByTheBootstrapBeforeTheCertificateMatters() throws Exception {
        PhoneUnderTest phone = aPhone().believing(Instant.EPOCH).switchedOn();

        phone.awaitParameter("User_ID_1_", "user-" + KITCHEN);

        phone.awaitSecured();
    }

    @Test
    void clockAt1970_withoutATimeServer_makesHttpsFail() throws Exception {
        PhoneUnderTest phone = aPhone().withOption66(hub.hub().publicAddresses().httpsLegacy())
                .believing(Instant.EPOCH)
                .switchedOn();

        phone.awaitTold(PhoneEvent.ResyncFailed.class, 1);

        assertThat(phone.told(PhoneEvent.ResyncFailed.class).get(0).detail()).contains("certificate");
        assertThat(phone.parameter("Profile_Rule")).isEqualTo("/spa$PSN.cfg");
    }
}
