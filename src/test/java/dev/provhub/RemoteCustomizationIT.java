package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.profile.FlatProfileWriter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units that were sold for a provider: the vendor's server sends them, a claim says whose they are. */
class RemoteCustomizationIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        Folders.configWith(folder.resolve("config"), "tenant/south", "tenant/west");
        Files.writeString(folder.resolve("config/tenants.yaml"), """
                tenants:
                  north:
                    public:
                      http: http://prov.north.example.net
                """);
        settings = Map.of("hub.config", folder.resolve("config").toString());
        hub = HubUnderTest.start(folder.resolve("data"), settings);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private byte[] filedWithTheVendor(String tenant) {
        return FlatProfileWriter.write(new Launcher(Clock.systemUTC()).remoteCustomization(hub.config(), tenant));
    }

    private String claimed(String csv) throws Exception {
        return hub.post("/api/v1/claims", "text/csv", csv).body();
    }

    private JsonNode device(MacAddress mac) throws Exception {
        return JSON.readTree(hub.get("/api/v1/devices/" + mac).body());
    }

    @ParameterizedTest
    @CsvSource({
        "SPA504G,mac,000e08000001",
        "SPA942,serial,cbt08000001",
        "CP-8841-3PCC,serial,CBT08000001",
        "SPA122,'from,to','000e08000000,000e0800ffff'"
    })
    void unit_sentByTheVendor_endsSecuredAsTheClaimsTenants(String model, String columns, String who) throws Exception {
        assertThat(claimed(columns + ",tenant\n" + who + ",south\n")).contains("1,ok,");
        try (VendorServer vendor = new VendorServer(filedWithTheVendor("south"))) {
            PhoneUnderTest phone = phones.aPhoneOf(hub)
                    .thatIs(model)
                    .withMac(KITCHEN)
                    .withSerial("CBT08000001")
                    .customizedBy(vendor.url())
                    .switchedOn();

            phone.awaitSecured();

            assertThat(vendor.asked())
                    .hasSize(1)
                    .allMatch(asked -> asked.startsWith("/rc?id=000E08000001:CBT08000001:"));
            assertThat(phone.told(PhoneEvent.Customized.class))
                    .extracting(event -> event.state().text())
                    .contains("Custom Pending");
        }
        JsonNode device = device(KITCHEN);
        assertThat(device.path("tenant").asText()).isEqualTo("south");
        assertThat(device.path("claimed").asBoolean()).isTrue();
        assertThat(device.path("serial").asText()).isEqualTo("CBT08000001");
    }

    @Test
    void rc_whoeverAsks_isAnsweredByTheRequestAlone() throws Exception {
        String unknown = body("/rc?id=000e08000001", "hub.example.net");
        assertThat(claimed("mac,tenant\n000e08000001,north\n")).contains("1,ok,");

        assertThat(body("/rc?id=000e08000001", "hub.example.net"))
                .isEqualTo(unknown)
                .contains("/b/$(PSN)/$(MA).cfg")
                .doesNotContain("north");
        assertThat(body("/t/south/rc", "hub.example.net"))
                .as("a tenant without addresses of its own")
                .isEqualTo(unknown);
        assertThat(body("/t/North/rc?id=1", "hub.example.net"))
                .isEqualTo(body("/rc", "Prov.North.example.net"))
                .contains("http://prov.north.example.net/ca/hub.pem");
        assertThat(body("/spa504G.cfg", "prov.north.example.net")).contains("http://prov.north.example.net/ca/hub.pem");
        assertThat(device(KITCHEN).path("status").asInt()).isEqualTo(404);
    }

    /** With a Host header as it is wanted. */
    private String body(String path, String host) throws IOException {
        try (Socket socket =
                new Socket("127.0.0.1", hub.config().listeners().http().port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n"));
        }
    }

    @Test
    void twoTenants_foundOnlyWhenTheDeviceProvesItself_giveNoSecret() throws Exception {
        assertThat(claimed("mac,serial,tenant\n000e08000001,,west\n,CBT1,south\n"))
                .contains("1,ok,", "2,ok,");

        PhoneUnderTest phone =
                phones.aPhoneOf(hub).withMac(KITCHEN).withSerial("CBT1").switchedOn();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 2);

        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(device(KITCHEN).path("status").asInt()).isEqualTo(404);

        assertThat(hub.delete("/api/v1/claims?serial=CBT1").statusCode()).isEqualTo(204);
        phone.awaitSecured();
        assertThat(device(KITCHEN).path("tenant").asText()).isEqualTo("west");
    }

    @Test
    void orderForAnotherTenant_afterTheClaim_isAConflictAndNamesBoth() throws Exception {
        assertThat(claimed("mac,tenant\n000e08000001,north\n")).contains("1,ok,");
        assertThat(hub.send("PUT", "/api/v1/devices/000e08000001", "{\"model\":\"SPA504G\",\"tenant\":\"south\"}")
                        .statusCode())
                .isEqualTo(200);

        PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
        phone.awaitTold(PhoneEvent.ResyncFailed.class, 2);

        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(device(KITCHEN).path("state").asText()).isEqualTo("NEW");
    }

    @Test
    void claims_thatContradictOthers_areRefusedWithTheirRow() throws Exception {
        hub.send("PUT", "/api/v1/devices/000e08aa0001", "{\"model\":\"SPA504G\",\"tenant\":\"north\"}");

        String result = claimed("""
                from;to;mac;serial;tenant
                000e08000000;000e080000ff;;;north
                ;;00:0e:08:00:00:10;;south
                ;;00:0e:08:00:00:11;;north
                000e08aa0000;000e08aaffff;;;south
                000e08bb0000;;;;south
                ;;;;south
                ;;000e08cc0001;;
                ;;nonsense;;north
                ;;;CBT9;north
                ;;;cbt9;south
                """);

        assertThat(result.lines())
                .containsExactly(
                        "row,status,reason",
                        "1,ok,",
                        "2,failed,mac 000e08000010 cannot be claimed for tenant south: range 000e08000000 to 000e080000ff is"
                                + " claimed for tenant north",
                        "3,ok,",
                        "4,failed,range 000e08aa0000 to 000e08aaffff cannot be claimed for tenant south: device 000e08aa0001"
                                + " is of tenant north",
                        "5,failed,'from' and 'to' belong together",
                        "6,failed,\"no device is named: 'mac', 'serial', or 'from' and 'to'\"",
                        "7,failed,'tenant' is missing",
                        "8,failed,\"'nonsense' is not a MAC address: twelve hex digits, alone or grouped with ':', '-' or"
                                + " '.'\"",
                        "9,ok,",
                        "10,failed,serial CBT9 cannot be claimed for tenant south: serial CBT9 is claimed for tenant north");
        assertThat(claimed("mac,colour,tenant\n")).contains("0,failed,\"column 'colour' is not known");
    }

    @Test
    void api_takesListsAndRemovesClaims() throws Exception {
        assertThat(hub.post("/api/v1/claims", "application/json", "{\"mac\":\"000E08000001\",\"tenant\":\"north\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.post("/api/v1/claims", "application/json", "{\"mac\":\"000E08000001\",\"tenant\":\"south\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(hub.post("/api/v1/claims", "application/json", "{\"mac\":\"1\",\"tenant\":\"south\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(hub.post("/api/v1/claims", "application/json", "{\"mac\":\"000E08000001\",\"tenant\":\"nroth\"}")
                        .body())
                .contains("tenant 'nroth' is not allowed", "south");
        assertThat(claimed("mac,tenant\n000E08000001,nroth\n")).contains("1,failed,", "tenant 'nroth' is not allowed");
        assertThat(hub.post("/api/v1/claims", "application/json", "[]").statusCode())
                .isEqualTo(422);

        JsonNode listed = JSON.readTree(hub.get("/api/v1/claims?tenant=north").body());
        assertThat(listed.path("claims")).hasSize(1);
        assertThat(listed.path("claims").get(0).path("mac").asText()).isEqualTo("000e08000001");
        assertThat(listed.path("next").isNull()).isTrue();
        assertThat(JSON.readTree(hub.get("/api/v1/claims?tenant=south").body()).path("claims"))
                .isEmpty();
        assertThat(hub.get("/api/v1/claims?after=x").statusCode()).isEqualTo(400);

        assertThat(hub.delete("/api/v1/claims?mac=000e08000001").statusCode()).isEqualTo(204);
        assertThat(hub.delete("/api/v1/claims?mac=000e08000001").statusCode()).isEqualTo(404);
        assertThat(hub.delete("/api/v1/claims").statusCode()).isEqualTo(422);
    }

    @Test
    void deviceThatWasLetGo_staysAwayUntilItIsClaimedAnew() throws Exception {
        assertThat(claimed("mac,tenant\n000e08000001,west\n")).contains("1,ok,");
        PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
        phone.awaitSecured();

        assertThat(hub.delete("/api/v1/devices/" + KITCHEN).statusCode()).isEqualTo(204);
        phone.resync();
        phone.awaitParameter("GPP_A", "");
        phone.resync();
        phone.awaitTold(PhoneEvent.Resynced.class, phone.count(PhoneEvent.Resynced.class) + 1);
        assertThat(device(KITCHEN).path("claimed").asBoolean()).isFalse();

        assertThat(hub.delete("/api/v1/claims?mac=000e08000001").statusCode()).isEqualTo(204);
        assertThat(claimed("mac,tenant\n000e08000001,south\n")).contains("1,ok,");
        phone.awaitSecured();
        assertThat(device(KITCHEN).path("tenant").asText()).isEqualTo("south");
    }

    @Test
    void commands_printWhatToFileAndWhatToClaim() throws Exception {
        Path file =
                Files.writeString(folder.resolve("units.csv"), "serial,tenant\nCBT1,north\nCBT2,north\nCBT1,south\n");
        assertThat(command(1, "claim", "import", file.toString()))
                .contains("row 3: serial CBT1 cannot be claimed for tenant south", "2 rows are claimed, 1 failed");
        assertThat(command(0, "claim", "list", "--tenant", "north")).contains("serial CBT1", "serial CBT2", "north");
        assertThat(command(0, "claim", "remove", "--serial", "CBT1")).isEmpty();
        assertThat(command(1, "claim", "remove", "--serial", "CBT1")).contains("there is no such claim");

        assertThat(command(0, "rc-template", "--tenant", "north"))
                .contains(
                        "<Restricted_Access_Domains>localhost,prov.north.example.net</Restricted_Access_Domains>",
                        "<Primary_DNS>9.9.9.9</Primary_DNS>",
                        "<Secondary_DNS>149.112.112.112</Secondary_DNS>",
                        "<Provision_Enable>Yes</Provision_Enable>",
                        "<Resync_Periodic>30</Resync_Periodic>",
                        "<Resync_Error_Retry_Delay>30</Resync_Error_Retry_Delay>",
                        "<Profile_Rule>http://prov.north.example.net/rc?id=$MA</Profile_Rule>");
        assertThat(command(0, "rc-template", "--tenant", "south"))
                .contains("<Profile_Rule>" + hub.hub().publicAddresses().http() + "/t/south/rc?id=$MA</Profile_Rule>");
        assertThat(command(0, "rc-template"))
                .contains("<Profile_Rule>" + hub.hub().publicAddresses().http() + "/rc?id=$MA</Profile_Rule>");
        assertThat(command(0, "dhcp"))
                .contains(
                        "option 66:  " + hub.hub().publicAddresses().http(),
                        "dhcp-option=160,\"" + hub.hub().publicAddresses().http() + "\"");
        assertThat(command(0, "dhcp", "--tenant", "north"))
                .contains("option tftp-server-name \"http://prov.north.example.net\";");
    }

    private String command(int exit, String... arguments) throws Exception {
        Map<String, String> all = HubUnderTest.settings(folder.resolve("data"), settings);
        for (String listener : new String[] {"http", "https", "tftp", "api"}) {
            all.put("hub." + listener + ".port", Integer.toString(port(listener)));
        }
        all.put("hub.log.level", "error");
        return CommandRun.of(all, arguments).ending(exit);
    }

    private int port(String listener) {
        return switch (listener) {
            case "tftp" -> hub.config().listeners().tftp().port();
            case "http" -> hub.config().listeners().http().port();
            case "https" -> hub.config().listeners().https().port();
            default -> hub.config().listeners().api().port();
        };
    }
}
