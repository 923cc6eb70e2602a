package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console as people meet it: a real browser, a real hub, real phones. */
class ConsoleBrowserIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final VirtualPhones PHONES = new VirtualPhones(60);

    @TempDir
    private static Path folder;

    private static ConsoleStage stage;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        ExternalProgram.require("chromium");
        ExternalProgram.require("chromedriver");
        stage = ConsoleStage.set(folder, PHONES);
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void signIn() throws Exception {
        browser.width(1280);
        browser.dark(false);
        browser.openAnew(stage.url() + "/console/");
        browser.signIn(stage.hub().token());
        browser.awaitPage("Overview");
        browser.complaints();
    }

    private static String order() throws Exception {
        JsonNode orders = JSON.readTree(stage.hub()
                .get("/tmf-api/serviceOrdering/v4/serviceOrder?externalId=C-1")
                .body());
        return orders.at("/0/id").asText();
    }

    /** A token of a role, and the id by which it is taken back. */
    private static JsonNode token(String role) throws Exception {
        String wish = "{\"name\":\"night shift\",\"roles\":[\"" + role + "\"]}";
        return JSON.readTree(
                stage.hub().post("/api/v1/tokens", "application/json", wish).body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                          | Overview                | DEGRADED; secured; ./hub fault list; spring; running; did you mean 'identify'?
            /devices?filter=model~SPA50* | Devices               | 3 devices that the filter means; 000e08c00001; SPA508G; office; 7.5.2b
            /devices?filter=state=NEW and model=SPA508G | Devices | 1 device that the filter means; 0002fdff2103
            /devices/000e08c00001      | Device 000e08c00001     | SECURED; Reception; own directory; known by; Proxy_1_; layers/base/; ********; Notifications; Rotate key
            /orders                    | Orders                  | orders; CRM-4711; inProgress; completed; Imports
            /orders/{order}            | Order                   | C-1; completed; Reception; configured; applied; ******
            /rollouts                  | Rollouts                | 1 spring; Hold all rollouts
            /rollouts/1                | Rollout 1               | It waits; Groups; 90% arrived; model=SPA504G
            /firmware                  | Firmware                | spa50x-30x-7-6-2g.bin; offered; Retire
            /routes?find=answer        | Routes                  | mistaken.camel.yaml:12:18; identify; answer-profile; answer-device
            /routes/answer-device      | Route answer-device     | Its flow; by-kind; to-answer-profile; Suspend
            /faults                    | Faults                  | kept; give-message; refused; Retry; Drop
            /faults/1                  | Fault 1                 | give-message; externalId; ******
            /nowhere                   | No such page            | To the overview
            """)
    void page_isCompleteUsableByAllAndQuiet(String place, String heading, String texts) throws Exception {
        browser.go("#" + place.replace("{order}", order()), heading);

        for (String text : texts.split("; ", -1)) {
            assertThat(browser.text()).contains(text);
        }
        assertThat(browser.text())
                .doesNotContain("rosebud", "pass-one", stage.hub().token());
        assertThat(browser.barriers("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                .as("by day")
                .isEmpty();
        browser.dark(true);
        assertThat(browser.barriers("wcag2a", "wcag2aa")).as("by night").isEmpty();
        browser.width(320);
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .as("pixels across")
                .isEqualTo(320L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void signIn_withABadTokenAndAGoodOne_opensThePageThatWasAsked() throws Exception {
        browser.openAnew(stage.url() + "/console/#/faults");
        browser.signIn("not-a-token");
        browser.awaitText("The hub does not take this token");
        assertThat(browser.barriers("wcag2a", "wcag2aa")).isEmpty();

        browser.signIn(stage.hub().token());

        browser.awaitPage("Faults");
        assertThat(browser.script("return document.cookie + JSON.stringify(localStorage) + location.href"))
                .asString()
                .doesNotContain(stage.hub().token());
        browser.click("Sign out");
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
    }

    @Test
    void token_thatIsTakenBack_leadsToSignInAndBackToThePage() throws Exception {
        JsonNode token = token("read");
        browser.openAnew(stage.url() + "/console/#/devices");
        browser.signIn(token.path("token").asText());
        browser.awaitPage("Devices");
        stage.hub().delete("/api/v1/tokens/" + token.path("id").asText());

        browser.script("location.hash = '#/rollouts'");
        browser.awaitText("The hub does not take your token any more");
        browser.signIn(stage.hub().token());

        browser.awaitPage("Rollouts");
    }

    @Test
    void action_thatTheRoleDoesNotAllow_isToldAsSuch() throws Exception {
        browser.openAnew(stage.url() + "/console/#/faults/1");
        browser.signIn(token("read").path("token").asText());
        browser.awaitPage("Fault 1");

        browser.click("Retry");

        browser.awaitText("Your token may not do this: the role operate is needed for this");
    }

    @Test
    void filter_thatCannotBeRead_saysWhereAndWhatIsAllowed() {
        browser.go("#/devices?filter=modle%3DSPA504G", "Devices");

        assertThat(browser.text()).contains("'modle' is no field", "did you mean model?");
        assertThat(browser.script("return document.getElementById('filter').getAttribute('aria-invalid')"))
                .isEqualTo("true");
    }

    @Test
    void devices_moreThanAPage_areShownPageByPage() throws Exception {
        String rows = IntStream.rangeClosed(1, 101)
                .mapToObj("000e08c1%04x,SPA942\n"::formatted)
                .collect(Collectors.joining("", "mac,model\n", ""));
        assertThat(stage.hub().post("/api/v1/devices.csv", "text/csv", rows).body())
                .doesNotContain("failed");
        browser.go("#/devices?filter=model%3DSPA942", "Devices");
        assertThat(browser.text())
                .contains("101 devices that the filter means; the first 100 are shown", "000e08c10064")
                .doesNotContain("000e08c10065");

        browser.click("Next page");

        browser.awaitText("000e08c10065");
        assertThat(browser.text()).contains("000e08c10001").doesNotContain("Next page");

        browser.script("scrollTo(0, 2000)");
        browser.awaitTrue("history.state.scroll === 2000");
        browser.go("#/rollouts", "Rollouts");
        browser.awaitTrue("scrollY === 0");
        browser.script("history.back()");

        browser.awaitPage("Devices");
        browser.awaitText("000e08c10065");
        browser.awaitTrue("scrollY === 2000");
    }

    @Test
    void order_withAnyJsonInIt_isShownAsText() throws Exception {
        String id = JSON.readTree(stage.hub().order("""
                                {"externalId": "ODD-1", "serviceOrderItem": [{"id": "1", "action": "add", "service":
                                  {"serviceCharacteristic": [{"name": "macAddress", "value": "000e08c000ff"},
                                   {"name": "deviceModel", "value": "SPA9999"}, {"name": "sipUser", "value": "1"},
                                   {"name": "sipPassword", "value": "pass-one"}, {"name": "sipDomain", "value": "h"},
                                   {"name": "extra", "value": {"_$litType$": 1, "strings": ["<b>"], "values": []}}]}}]}""").body()).path("id").asText();

        browser.go("#/orders/" + id, "Order");

        assertThat(browser.text()).contains("ODD-1", "{\"_$litType$\":1,\"strings\":[\"<b>\"],\"values\":[]}");
    }

    @Test
    void question_ofAPageThatIsLeft_isAnsweredByNo() throws Exception {
        browser.go("#/devices", "Devices");
        browser.go("#/rollouts", "Rollouts");
        browser.click("Hold all rollouts");
        browser.awaitText("Hold every rollout?");

        browser.script("history.back()");

        browser.awaitPage("Devices");
        assertThat(browser.script("return document.querySelectorAll('dialog').length"))
                .isEqualTo(0L);
        assertThat(stage.hub().get("/api/v1/hold").body()).contains("\"held\":false");
    }

    @Test
    void userAgent_thatHopesToBeAScript_isText() {
        browser.go("#/devices/" + ConsoleStage.FIRST, "Device " + ConsoleStage.FIRST);

        browser.awaitText(ConsoleStage.HOSTILE);
        assertThat(browser.script("return document.title")).isEqualTo("Device 000e08c00001 – Provisioning Hub");
        assertThat(browser.script("return document.querySelectorAll('main img, main script').length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void fault_byKeyboardAlone_isKeptTriedAgainAndGone() throws Exception {
        browser.tabTo("Skip to the page");
        browser.tabTo("Faults");
        browser.press(Keys.ENTER);
        browser.awaitPage("Faults");
        assertThat(browser.focused()).isEqualTo("Faults");
        browser.tabTo("Drop fault retried");
        browser.press(Keys.ENTER);
        browser.awaitText("Its message is gone for good");
        assertThat(browser.focused()).isEqualTo("Cancel");
        browser.press(Keys.ESCAPE);
        assertThat(browser.text()).doesNotContain("Its message is gone for good");
        assertThat(browser.focused()).isEqualTo("Drop fault retried");

        browser.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", stage.receiver()), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try {
            browser.press(Keys.ENTER);
            browser.awaitText("Retry of fault retried went well");
        } finally {
            receiver.stop(0);
        }

        browser.awaitText("1 fault waits for a decision");
    }

    @Test
    void rollout_byKeyboardAlone_isPausedAndResumed() {
        browser.tabTo("Rollouts");
        browser.press(Keys.ENTER);
        browser.awaitPage("Rollouts");
        browser.tabTo("1 spring");
        browser.press(Keys.ENTER);
        browser.awaitPage("Rollout 1");

        browser.tabTo("Pause");
        browser.press(Keys.ENTER);
        browser.awaitText("The rollout is paused");
        browser.tabTo("Resume");
        browser.press(Keys.ENTER);
        browser.awaitText("What has failed so far is forgiven");
        browser.tabTo("Resume");
        browser.press(Keys.ENTER);

        browser.awaitText("The rollout is running");
    }

    @Test
    void trace_thatIsOrdered_showsWhatEachStepChanged() {
        browser.go("#/devices/" + ConsoleStage.FIRST, "Device " + ConsoleStage.FIRST);

        browser.click("Trace its next request");
        browser.awaitText("Its next request within 10 minutes is traced");
        stage.resync();

        browser.awaitTextAnew("answer-profile-compose");
    }

    @Test
    void hub_thatIsAway_leavesWhatWasShownAndMarksIt() {
        browser.go("#/devices", "Devices");
        browser.offline(true);
        try {
            browser.lookAgain();

            browser.awaitText("The hub does not answer. What you see is as of");
            assertThat(browser.text()).contains(ConsoleStage.FIRST);
        } finally {
            browser.offline(false);
        }
        browser.lookAgain();
        browser.awaitPage("Devices");
        assertThat(List.of(browser.text())).noneMatch(text -> text.contains("does not answer"));
    }
}
