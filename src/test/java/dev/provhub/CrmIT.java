package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.store.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders from the table of a CRM, as the shipped example has it. */
class CrmIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path EXAMPLE = Path.of("docs/examples/crm");

    @TempDir
    private Path folder;

    private String url(Engine engine) {
        return engine == Engine.H2
                ? "jdbc:h2:mem:crm" + folder.getFileName() + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                : engine.freshUrl(folder);
    }

    private Map<String, String> settings(String url, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "hub.crm.url",
                url,
                "hub.crm.period",
                "1",
                "hub.crm.query",
                EXAMPLE.resolve("poll-by-status.sql").toString(),
                "hub.crm.mark",
                EXAMPLE.resolve("mark.sql").toString()));
        settings.putAll(more);
        return settings;
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String one : sql.split(";", -1)) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
    }

    private static List<String> column(String url, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static void awaitStatus(String url, String... states) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        column(url, "select status from provisioning_order order by id"))
                .containsExactly(states));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rows_byStatus_becomeDevicesAndAreMarked(Engine engine) throws Exception {
        String url = url(engine);
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings(url, Map.of()))) {
            // There is no such table yet: a feed that cannot be asked is asked again
            await().atMost(PATIENCE).until(() -> log.text().contains("Feed failed route=poll-crm"));

            run(url, Files.readString(EXAMPLE.resolve("schema.sql")));

            awaitStatus(url, "done", "refused");
            assertThat(hub.get("/api/v1/devices/000e08aabb41").body()).contains("4989200041", "Boathouse");
            assertThat(column(url, "select status_reason from provisioning_order where status = 'refused'"))
                    .singleElement()
                    .asString()
                    .contains("deviceModel 'SPA9999' is not allowed");
            assertThat(column(url, "select sip_password from provisioning_order"))
                    .containsOnlyNulls();
            assertThat(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder?externalId=CRM-1")
                            .body())
                    .contains(column(url, "select hub_order from provisioning_order where id = 1")
                            .get(0));

            // A row that comes again, and one that is mended
            run(
                    url,
                    "update provisioning_order set status = 'new', sip_password = 'Pa3-tidal-lamp' where id = 1;"
                            + "update provisioning_order set status = 'new', sip_password = 'x', device_model = 'SPA504G' where id = 2");
            awaitStatus(url, "done", "done");
            assertThat(column(url, "select status_reason from provisioning_order where id = 1"))
                    .containsExactly("repeat of an earlier order");
            assertThat(log.text()).doesNotContain("tidal-lamp").doesNotContain("windy-rope");
            assertThat(hub.get("/api/v1/audit").body()).contains("route poll-crm");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rows_byWatermark_areReadOnceAcrossARestart(Engine engine) throws Exception {
        String url = url(engine);
        run(url, Files.readString(EXAMPLE.resolve("schema.sql")));
        Map<String, String> settings = settings(
                url,
                Map.of(
                        "hub.crm.mark", "",
                        "hub.crm.watermark", "id",
                        "hub.crm.start", "0",
                        "hub.crm.query",
                                EXAMPLE.resolve("poll-by-watermark.sql").toString()));
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(hub.get("/api/v1/faults").body()).contains("CRM-2", "SPA9999"));
            assertThat(hub.get("/api/v1/devices/000e08aabb41").statusCode()).isEqualTo(200);
        }
        run(url, """
                insert into provisioning_order (mac_address, device_model, sip_user, sip_password, sip_domain)
                values ('000e08aabb43', 'SPA504G', '43', 'Di4-oak-door', 'sip.example.net')
                """);
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), settings)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            hub.get("/api/v1/devices/000e08aabb43").statusCode())
                    .isEqualTo(200));
            assertThat(hub.get("/api/v1/devices/000e08aabb41").body()).contains("\"revision\":1,");
        }
    }
}
