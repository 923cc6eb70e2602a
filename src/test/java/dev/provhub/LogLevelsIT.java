package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How much a running hub logs, and that it tells no secret however much that is. */
class LogLevelsIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final String PATH = "/api/v1/log-levels";

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(600);

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static boolean isDebugging(String logger) {
        return LogManager.getLogger(logger).isDebugEnabled();
    }

    @Test
    void put_level_isInForceAudited_andEndsWithTheHub() throws Exception {
        assertThat(isDebugging("dev.provhub.steps.DecideStep")).isFalse();

        var answer = hub.send("PUT", PATH, "{\"logger\":\"dev.provhub.steps\",\"level\":\"debug\",\"minutes\":30}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"logger\":\"dev.provhub.steps\",\"level\":\"debug\",\"until\":\"20");
        assertThat(hub.get(PATH).body()).contains("\"dev.provhub\"", "\"root\"");
        assertThat(isDebugging("dev.provhub.steps.DecideStep")).isTrue();
        assertThat(isDebugging("dev.provhub.store.Jdbc")).isFalse();
        assertThat(hub.get("/api/v1/audit").body())
                .contains("log level set logger=dev.provhub.steps level=debug minutes=30", "admin.token");
        hub.close();
        assertThat(isDebugging("dev.provhub.steps.DecideStep")).isFalse();
    }

    @Test
    void put_whatIsNotAllowed_isRefusedWithTheReason() throws Exception {
        assertThat(refusal("{\"logger\":\"org.eclipse.jetty\",\"level\":\"debug\"}"))
                .contains("other loggers may print secrets");
        assertThat(refusal("{\"logger\":\"dev.provhubx\",\"level\":\"trace\"}")).contains("may print secrets");
        assertThat(refusal("{\"logger\":\"dev.provhub\",\"level\":\"loud\"}")).contains("not one of trace");
        assertThat(refusal("{\"logger\":\"a b\",\"level\":\"info\"}")).contains("not the name of a logger");
        assertThat(refusal("{\"logger\":\"hub\",\"level\":\"info\",\"minutes\":0}"))
                .contains("from 1 to 1440");
        assertThat(refusal("{\"logger\":\"hub\",\"level\":\"info\",\"minutes\":\"many\"}"))
                .contains("from 1 to 1440");
        assertThat(refusal("no json")).contains("not JSON");
        assertThat(isDebugging("org.eclipse.jetty")).isFalse();
    }

    private String refusal(String body) throws Exception {
        var answer = hub.send("PUT", PATH, body);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    @Test
    void trace_ofEverythingOfOurs_printsNoSecret() throws Exception {
        assertThat(hub.send("PUT", PATH, "{\"logger\":\"dev.provhub\",\"level\":\"trace\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.send("PUT", PATH, "{\"logger\":\"hub\",\"level\":\"trace\"}")
                        .statusCode())
                .isEqualTo(200);
        try (LoggedText log = new LoggedText()) {
            String row = "L-1,add,%s,SPA504G,1,user-1,pass-word-1,sip.example.net%n".formatted(KITCHEN);
            assertThat(hub.post(
                                    "/api/v1/imports",
                                    "text/csv",
                                    "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                            + row)
                            .body())
                    .contains(",ok,");
            PhoneUnderTest phone =
                    phones.aPhoneOf(hub).thatIs("SPA504G").withMac(KITCHEN).switchedOn();
            phone.awaitParameter("User_ID_1_", "user-1");
            phone.report();
            phone.resync();
            phone.awaitSecured();
            String directory = phone.ownPlace().replaceFirst(".*/p/([a-z2-7]+)/.*", "$1");
            String key = hub.get("/api/v1/devices/" + KITCHEN + "/key").body();

            assertThat(directory).hasSizeGreaterThanOrEqualTo(26);
            assertThat(key).hasSizeGreaterThanOrEqualTo(64);
            assertThat(log.text())
                    .isNotEmpty()
                    .doesNotContain(directory, "pass-word-1", hub.token())
                    .doesNotContainPattern("[0-9a-f]{64}");
        }
    }

    @Test
    void command_showsAndChanges() throws Exception {
        Map<String, String> settings =
                new HashMap<>(HubUnderTest.settings(hub.config().folders().data(), Map.of()));
        settings.put("hub.api.port", "" + hub.config().listeners().api().port());
        assertThat(CommandRun.of(settings, "log-level", "dev.provhub.order", "debug", "--for", "2h")
                        .ending(0))
                .containsPattern("dev.provhub.order +debug +20");
        assertThat(isDebugging("dev.provhub.order.OrderIntake")).isTrue();
        assertThat(CommandRun.of(settings, "log-level", "com.zaxxer", "trace").ending(1))
                .contains("may print secrets");
    }
}
