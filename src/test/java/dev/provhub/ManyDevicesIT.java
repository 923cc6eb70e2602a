package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.store.Engine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many devices at once: spreadsheets out and in, and actions on all that a filter means. */
@ParameterizedClass
@EnumSource(Engine.class)
class ManyDevicesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV = "/api/v1/devices.csv";
    private static final String ACTIONS = "/api/v1/devices/actions";
    private static final int DEVICES = 530;

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private HubUnderTest start() throws Exception {
        Path config = Folders.configWith(
                folder.resolve("config"),
                "tenant/north",
                "tenant/south",
                "tenant/=1+1",
                "tenant/ blanks ",
                "plan/'=2",
                "plan/none");
        String user = engine == Engine.POSTGRES ? "postgres" : "hub";
        return HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.config",
                        config.toString(),
                        "hub.database.url",
                        engine.freshUrl(folder),
                        "hub.database.user",
                        user));
    }

    private static String fleet() {
        StringBuilder csv = new StringBuilder("mac,model,tenant,labels\n");
        IntStream.range(0, DEVICES)
                .forEach(i ->
                        csv.append("000e08%06x,SPA504G,%s,n%d\n".formatted(i, i < 150 ? "north" : "south", i % 10)));
        return csv.toString();
    }

    private static long rows(String csv, String status) {
        return csv.lines().filter(row -> row.contains("," + status + ",")).count();
    }

    private static JsonNode awaitJob(HubUnderTest hub, HttpResponse<String> begun) throws Exception {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        String path = begun.headers().firstValue("Location").orElseThrow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !hub.get(path).body().contains("\"state\":\"running\""));
        return JSON.readTree(hub.get(path).body());
    }

    @Test
    void actions_dryRunConfirmAndJob_touchJustWhatWasMeant() throws Exception {
        try (HubUnderTest hub = start()) {
            String made = hub.post(CSV, "text/csv", fleet()).body();
            assertThat(rows(made, "created")).isEqualTo(DEVICES);

            JsonNode dry = JSON.readTree(hub.post(
                            ACTIONS,
                            "application/json",
                            "{\"action\":\"label\",\"filter\":\"tenant=south\",\"dryRun\":true,\"add\":[\"x\"],\"remove\":[\"n1\"]}")
                    .body());
            assertThat(dry.path("count").asInt()).isEqualTo(380);
            assertThat(dry.path("devices")).hasSize(20);
            assertThat(dry.at("/devices/0/mac").asText()).isEqualTo("000e08000096");
            String real = "{\"action\":\"label\",\"filter\":\"tenant=south\",\"add\":[\"x\"],\"remove\":[\"n1\"]%s}";
            HttpResponse<String> unconfirmed = hub.post(ACTIONS, "application/json", real.formatted(""));
            assertThat(unconfirmed.statusCode()).isEqualTo(409);
            assertThat(JSON.readTree(unconfirmed.body()).path("count").asInt()).isEqualTo(380);
            assertThat(hub.post(ACTIONS, "application/json", real.formatted(",\"confirm\":381"))
                            .statusCode())
                    .isEqualTo(409);
            assertThat(hub.get("/api/v1/devices?filter=label=x").body()).contains("\"devices\":[]");

            JsonNode job = awaitJob(hub, hub.post(ACTIONS, "application/json", real.formatted(",\"confirm\":380")));

            assertThat(job.path("state").asText()).isEqualTo("done");
            assertThat(job.path("done").asInt()).isEqualTo(380);
            assertThat(job.path("changed").asInt()).isEqualTo(380);
            assertThat(JSON.readTree(hub.get("/api/v1/devices?count=true&limit=1&filter=label=x%20and%20not%20label=n1")
                                    .body())
                            .path("count")
                            .asInt())
                    .isEqualTo(380);
            assertThat(JSON.readTree(hub.get("/api/v1/jobs").body())
                            .at("/jobs/0/id")
                            .asText())
                    .isEqualTo(job.path("id").asText());
            String audit = hub.get("/api/v1/audit").body();
            assertThat(audit.split("bulk label", -1)).as("once").hasSize(2);
            assertThat(audit)
                    .contains("bulk label job=" + job.path("id").asText() + " devices=380 filter=tenant=south");
        }
    }

    @Test
    void actions_revokeRotateAndOthers_areDoneOrRefused() throws Exception {
        try (HubUnderTest hub = start()) {
            hub.post(CSV, "text/csv", "mac,model\n000e08aabb01,SPA504G\n000e08aabb02,SPA504G\n");

            JsonNode revoked = awaitJob(
                    hub,
                    hub.post(
                            ACTIONS,
                            "application/json",
                            "{\"action\":\"revoke\",\"filter\":\"mac=000e08aabb01\",\"reason\":\"stolen\"}"));
            assertThat(revoked.path("changed").asInt()).isEqualTo(1);
            assertThat(hub.get("/api/v1/devices?filter=revoked=yes&fields=mac").body())
                    .contains("[{\"mac\":\"000e08aabb01\"}]");
            assertThat(hub.get("/api/v1/revocations").body()).contains("000e08aabb01", "stolen");
            JsonNode rotated = awaitJob(
                    hub,
                    hub.post(ACTIONS, "application/json", "{\"action\":\"rotate\",\"filter\":\"all\",\"confirm\":2}"));
            assertThat(rotated.path("changed").asInt()).as("none has a key yet").isZero();
            for (String[] bad : new String[][] {
                {"{\"action\":\"label\",\"filter\":\"\",\"add\":[\"x\"]}", "422", "'all' means every device"},
                {"{\"action\":\"label\",\"add\":[\"x\"]}", "422", "'all' means every device"},
                {"{\"action\":\"label\",\"filter\":\"all\"}", "422", "needs 'add' or 'remove'"},
                {"{\"action\":\"label\",\"filter\":\"all\",\"add\":[\"X\"]}", "422", "label 'X' is not allowed"},
                {"{\"action\":\"label\",\"filter\":\"all\",\"add\":[\"x\"],\"remove\":[\"x\"]}", "422", "at once"},
                {"{\"action\":\"label\",\"filter\":\"al\",\"add\":[\"x\"]}", "400", "'al' is no field"},
                {"{\"action\":\"rotate\",\"filter\":\"all\",\"add\":[\"x\"]}", "422", "not for action rotate"},
                {"{\"action\":\"revoke\",\"filter\":\"all\"}", "422", "reason is missing"},
                {"{\"action\":\"reboot\",\"filter\":\"all\"}", "422", "export, label, resync, revoke, rotate"},
                {"{\"action\":\"rotate\",\"filter\":\"all\",\"dry\":true}", "422", "none of action"},
                {"{\"action\":\"rotate\",\"filter\":\"all\",\"dryRun\":\"yes\"}", "422", "neither true nor false"},
            }) {
                HttpResponse<String> refused = hub.post(ACTIONS, "application/json", bad[0]);
                assertThat(refused.statusCode()).as(bad[0] + refused.body()).isEqualTo(Integer.parseInt(bad[1]));
                assertThat(refused.body()).contains(bad[2]);
            }
        }
    }

    @Test
    void csv_outAndInAgain_changesNothing() throws Exception {
        try (HubUnderTest hub = start()) {
            String[] bodies = {
                "{\"model\":\"SPA504G\",\"tenant\":\"=1+1\",\"plan\":\"'=2\",\"serial\":\"-CBT,\\\"1\\\"\",\"labels\":[\"-a\",\"b\"]}",
                "{\"model\":\"CP-8841-3PCC\",\"tenant\":\" blanks \",\"plan\":\"none\",\"timeZone\":\"Europe/Berlin\"}",
                "{\"model\":\"SPA508G\",\"settings\":{\"Time_Zone\":\"GMT+01:00\",\"User_Password\":\"geheim\",\"Station_Name\":\"a;b,\\\"c\\\"\"}}",
            };
            for (int i = 0; i < bodies.length; i++) {
                assertThat(hub.send("PUT", "/api/v1/devices/000e08aabb0" + i, bodies[i])
                                .statusCode())
                        .as(bodies[i])
                        .isEqualTo(200);
            }
            hub.post(CSV, "text/csv", fleet());

            String exported = hub.get(CSV).body();
            String dry = hub.post(CSV + "?dryRun=true", "text/csv", exported).body();
            String real = hub.post(CSV, "text/csv", exported).body();

            int all = DEVICES + bodies.length;
            assertThat(exported.lines().count()).isEqualTo(all + 1);
            assertThat(exported).doesNotContain("geheim").contains("'=1+1", "''=2", "'-a b");
            assertThat(rows(dry, "unchanged"))
                    .as(dry.lines()
                            .filter(row -> !row.contains("unchanged"))
                            .toList()
                            .toString())
                    .isEqualTo(all);
            assertThat(rows(real, "unchanged")).isEqualTo(all);
            assertThat(hub.get(CSV).body()).isEqualTo(exported);
            assertThat(hub.get("/api/v1/devices/000e08aabb02").body()).contains("User_Password");
            HttpResponse<String> some = hub.get(CSV + "?filter=mac=000e08aabb0*");
            assertThat(some.body().lines()).hasSize(bodies.length + 1);
            assertThat(some.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");

            JsonNode job = awaitJob(
                    hub,
                    hub.post(
                            ACTIONS,
                            "application/json",
                            "{\"action\":\"export\",\"filter\":\"all\",\"confirm\":" + all + "}"));
            assertThat(job.path("done").asInt()).isEqualTo(all);
            assertThat(hub.get(job.path("result").asText()).body()).isEqualTo(exported);
        }
    }

    @Test
    void csv_spreadsheetsOfAllKinds_areRead() throws Exception {
        try (HubUnderTest hub = start()) {
            String csv = "\uFEFFlabels;Model;MAC;setting.Time_Zone;state;tenant\r\n"
                    + "a b;508G;00-0E-08-AA-BB-01;\"GMT+01:00\";SECURED;north\r\n"
                    + "\r\n"
                    + ";SPA504G;nonsense;;;\r\n"
                    + "a,,b;SPA508G;000e08aabb02;;;\r\n"
                    + "\"a\nc\";SPA508G;000e08aabb03;;;\r\n"
                    + "A;SPA508G;000e08aabb04;;;\r\n"
                    + ";SPA508G;000e08aabb05;GMT+25:00;;\r\n"
                    + ";;000e08aabb06;;;\r\n"
                    + ";;000e08aabb01;;;none;too many\r\n"
                    + "none;;000e08aabb01;none;;none\r\n";
            List<String> result = hub.post(CSV, "text/csv", csv).body().lines().toList();

            assertThat(result.get(0)).isEqualTo("row,mac,status,reason");
            assertThat(result.get(1)).isEqualTo("1,000e08aabb01,created,");
            assertThat(result.get(2)).startsWith("2,,failed,").contains("'nonsense' is not a MAC address");
            assertThat(result.get(3)).isEqualTo("3,000e08aabb02,created,");
            assertThat(result.get(4)).isEqualTo("4,000e08aabb03,created,");
            assertThat(result.get(5)).startsWith("5,000e08aabb04,failed,").contains("label 'A' is not allowed");
            assertThat(result.get(6)).startsWith("6,000e08aabb05,failed,").contains("Time_Zone");
            assertThat(result.get(7)).startsWith("7,000e08aabb06,failed,").contains("field 'model' is missing");
            assertThat(result.get(8)).startsWith("8,,failed,").contains("7 cells, but the header names 6 columns");
            assertThat(result.get(9)).isEqualTo("9,000e08aabb01,changed,");
            JsonNode device =
                    JSON.readTree(hub.get("/api/v1/devices/000e08aabb01").body());
            assertThat(device.path("labels")).isEmpty();
            assertThat(device.path("settings")).isEmpty();
            assertThat(device.path("tenant").isNull()).isTrue();
            assertThat(device.path("state").asText())
                    .as("a column that only tells")
                    .isEqualTo("NEW");
            assertThat(JSON.readTree(hub.get("/api/v1/devices/000e08aabb03").body())
                            .path("labels")
                            .toString())
                    .isEqualTo("[\"a\",\"c\"]");
            assertThat(hub.post(CSV, "text/csv", "mac,colour\n1,2\n").body())
                    .contains("0,,failed,", "column 'colour' is not known");
            assertThat(hub.post(CSV, "text/csv", "").body()).contains("0,,failed,the file is empty");
            assertThat(hub.post(CSV + "?dryrun=true", "text/csv", fleet()).statusCode())
                    .isEqualTo(400);
            assertThat(hub.get("/api/v1/devices?filter=mac=000e080000*").body()).contains("\"devices\":[]");
        }
    }
}
