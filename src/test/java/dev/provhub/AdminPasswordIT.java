package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The password of each device's own pages: of each its own, shown to an administrator alone, and written down. */
class AdminPasswordIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST = "/api/v1/devices/000e08000001";
    private static final String SECOND = "/api/v1/devices/000e08000002";

    @RegisterExtension
    final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private static JsonNode passwords(HubUnderTest hub, String device) throws Exception {
        return JSON.readTree(hub.get(device + "/admin-password").body());
    }

    @Test
    void show_phoneThatHasApplied_isThePhonesOwnAndThePendingOne() throws Exception {
        try (LoggedText log = new LoggedText();
                HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            hub.send("PUT", FIRST, "{\"model\":\"SPA504G\"}");
            hub.send("PUT", SECOND, "{\"model\":\"CP-8841-3PCC\"}");
            JsonNode before = passwords(hub, FIRST);
            PhoneUnderTest phone = phones.aPhoneOf(hub).switchedOn();
            phone.awaitSecured();
            phone.resync();
            phone.awaitUntil("applied", () -> applied(hub));

            JsonNode applied = passwords(hub, FIRST);
            String present = applied.at("/present/password").asText();
            hub.send("PATCH", FIRST, "{\"settings\":{\"Admin_Passwd\":\"another-one-7\"}}");
            JsonNode changed = passwords(hub, FIRST);

            assertThat(before.path("present").isNull()).isTrue();
            assertThat(before.at("/pending/password").asText()).isEqualTo(present);
            assertThat(present).hasSize(20).isEqualTo(phone.parameter("Admin_Passwd"));
            assertThat(applied.path("pending").isNull()).isTrue();
            assertThat(changed.at("/present/password").asText()).isEqualTo(present);
            assertThat(changed.at("/pending/password").asText()).isEqualTo("another-one-7");
            JsonNode other = passwords(hub, SECOND);
            assertThat(other.at("/pending/password").asText()).hasSize(20).isNotEqualTo(present);
            assertThat(hub.get("/api/v1/devices/000e08000009/admin-password").statusCode())
                    .isEqualTo(404);
            assertThat(hub.get("/api/v1/audit").body().split("admin password shown device=000e08000001", -1))
                    .as("each time")
                    .hasSize(4);
            assertThat(log.text()).doesNotContain(present, "another-one-7");
            assertThat(hub.get(FIRST).body()
                            + hub.get("/api/v1/audit").body()
                            + hub.get("/api/v1/devices.csv").body())
                    .doesNotContain(present, "another-one-7");
        }
    }

    private static boolean applied(HubUnderTest hub) {
        try {
            HttpResponse<String> found = hub.get("/api/v1/devices?filter=applied=yes");
            return found.body().contains("000e08000001");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
