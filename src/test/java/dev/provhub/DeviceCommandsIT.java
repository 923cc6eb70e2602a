package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./hub device …} as an operator has it. */
class DeviceCommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private HubUnderTest hub;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        Path data = folder.resolve("data");
        String config =
                Folders.configWith(folder.resolve("config"), "tenant/north").toString();
        hub = HubUnderTest.start(data, Map.of("hub.config", config));
        String port = String.valueOf(hub.config().listeners().api().port());
        settings = HubUnderTest.settings(data, Map.of("hub.config", config, "hub.api.port", port));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private String command(int exit, String... arguments) throws Exception {
        return CommandRun.of(settings, arguments).ending(exit);
    }

    @Test
    void oneDevice_isMadeShownChangedLabelledAndLetGo() throws Exception {
        assertThat(command(
                        0,
                        "device",
                        "create",
                        "00:0e:08:aa:bb:01",
                        "--model",
                        "504g",
                        "--tenant",
                        "north",
                        "--label",
                        "vip",
                        "--set",
                        "Time_Zone=GMT+01:00"))
                .contains("device 000e08aabb01 is made");
        assertThat(command(1, "device", "create", "000e08aabb01", "--model", "504g"))
                .contains("device 000e08aabb01 is there already");
        assertThat(command(0, "device", "set", "000e08aabb01", "plan=office", "tenant=", "Time_Zone="))
                .contains("is changed");
        assertThat(command(0, "device", "label", "000e08aabb01", "+floor-1", "-vip", "-hot"))
                .contains("label done: 1 of 1 devices, 1 changed, 0 failed");
        JsonNode device = JSON.readTree(command(0, "device", "show", "000e08aabb01"));
        assertThat(device.path("plan").asText()).isEqualTo("office");
        assertThat(device.path("tenant").isNull()).isTrue();
        assertThat(device.path("settings")).isEmpty();
        assertThat(device.path("labels").toString()).isEqualTo("[\"floor-1\"]");
        assertThat(command(0, "device", "password", "000e08aabb01")).contains("pending", "Admin_Passwd");
        assertThat(command(1, "device", "label", "000e08aabb02", "+x")).contains("there is no device 000e08aabb02");
        assertThat(command(2, "device", "label", "+x")).contains("a MAC or --filter is needed");
        assertThat(command(2, "device", "show", "nonsense")).contains("'nonsense' is not a MAC address");
        assertThat(command(0, "device", "delete", "000e08aabb01")).contains("was let go");
        assertThat(command(1, "device", "show", "000e08aabb01")).contains("there is no such device");
    }

    @Test
    void manyDevices_areImportedListedChangedAndExported() throws Exception {
        StringBuilder csv = new StringBuilder("mac,model,labels\n");
        for (int i = 0; i < 120; i++) {
            csv.append("000e08%06x,SPA504G,%s\n".formatted(i, i < 3 ? "vip" : ""));
        }
        Path file = Files.writeString(folder.resolve("devices.csv"), csv + "000e08,SPA504G,\n");

        assertThat(command(1, "device", "import", file.toString(), "--dry-run"))
                .contains("row 121 : ", "dry run: 120 created, 0 changed, 0 unchanged, 1 failed");
        assertThat(command(1, "device", "import", file.toString())).contains("120 created");
        String listed = command(0, "device", "list", "--filter", "label=vip or mac=*77");
        assertThat(listed.lines().filter(line -> line.startsWith("000e08"))).hasSize(4);
        assertThat(listed).contains("device", "last contact", "vip");
        assertThat(command(0, "device", "list", "--limit", "5")).contains("there are more; --limit 0 lists all");
        assertThat(JSON.readTree(command(0, "device", "list", "--limit", "0", "--json")))
                .hasSize(120);
        assertThat(JSON.readTree(command(0, "device", "list", "--filter", "label=none and label=vip", "--json")))
                .isEmpty();
        assertThat(command(1, "device", "list", "--filter", "label=vip and modle=SPA504G"))
                .contains("did you mean model?")
                .contains("  label=vip and modle=SPA504G" + System.lineSeparator() + "                ^");
        assertThat(command(0, "device", "label", "--filter", "all", "+x", "--dry-run"))
                .contains("120 devices", "000e08000000  SPA504G", "…");
        assertThat(command(1, "device", "label", "--filter", "all", "+x"))
                .contains("the filter means 120 devices", "--confirm 120");
        assertThat(command(0, "device", "label", "--filter", "all", "+x", "--confirm", "120"))
                .contains("label done: 120 of 120 devices, 120 changed");
        assertThat(command(0, "device", "revoke", "000e08000001", "--reason", "stolen"))
                .contains("revoke done");
        assertThat(command(0, "device", "rotate", "--filter", "label=vip"))
                .contains("rotate done: 3 of 3 devices, 0 changed");
        assertThat(command(1, "device", "resync", "--filter", "label=vip"))
                .contains("resync done: 3 of 3 devices, 0 changed, 3 failed (a device cannot be told anything)");
        assertThat(command(0, "device", "actions")).contains("label", "120/120", "admin.token", "mac=000e08000001");
        Path out = folder.resolve("out.csv");
        assertThat(command(0, "device", "export", out.toString(), "--filter", "revoked=no"))
                .contains("is written");
        assertThat(Files.readAllLines(out)).hasSize(120);
        assertThat(command(0, "device", "import", out.toString())).contains("0 created, 0 changed, 119 unchanged");
    }
}
