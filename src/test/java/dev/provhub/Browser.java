package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a screen: what a person does with it, and what it complains of. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TABS = 80;
    private static final String AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'], runOnly: arguments[0] })
              .then(found => done(found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
                .map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' | '))), wrong => done([String(wrong)]));
            """;

    private final ChromeDriver driver;
    private final String axe;

    private Browser(ChromeDriver driver, String axe) {
        this.driver = driver;
        this.axe = axe;
    }

    /** @param userData a folder that is new */
    static Browser start(Path userData) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium").toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + userData);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new Browser(
                    new ChromeDriver(service, options), new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Path onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    void open(String url) {
        driver.get(url);
    }

    /** A tab that nobody has signed in to. */
    void openAnew(String url) {
        driver.get("about:blank");
        driver.get(url);
        driver.executeScript("sessionStorage.clear()");
        driver.navigate().refresh();
        awaitHeading("Provisioning Hub");
    }

    void signIn(String token) {
        WebElement input = driver.findElement(By.id("token"));
        input.clear();
        input.sendKeys(token + Keys.ENTER);
    }

    /** Goes to a page by its address, and waits until it shows what it has asked for. */
    void go(String place, String heading) {
        driver.executeScript("location.hash = arguments[0]", place);
        awaitPage(heading);
    }

    void awaitPage(String heading) {
        awaitHeading(heading);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text()).contains("as of").doesNotContain("Asking the hub"));
    }

    private void awaitHeading(String heading) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(script("return document.querySelector('h1')?.textContent"))
                        .isEqualTo(heading));
    }

    String text() {
        return String.valueOf(script("return document.body.innerText"));
    }

    void awaitText(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** The same on a page that is looked at again and again, which is when it asks the hub once more. */
    void awaitTextAnew(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            lookAgain();
            assertThat(text()).contains(text);
        });
    }

    void lookAgain() {
        script("document.dispatchEvent(new Event('visibilitychange'))");
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    void awaitTrue(String condition) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(script("return " + condition)).as(condition).isEqualTo(true));
    }

    /** Presses a key wherever the focus is. */
    void press(CharSequence key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** What has the focus: its name as a screen reader says it. */
    String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /** Goes forward with the keyboard until something of a name has the focus, which then shows that it has it. */
    void tabTo(String name) {
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            press(Keys.TAB);
            if (name.equals(focusedOrNothing())) {
                assertThat(script("return getComputedStyle(document.activeElement).outlineStyle"))
                        .as("that the focus on " + name + " is seen")
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("nothing named " + name + " is reached with the keyboard");
    }

    private String focusedOrNothing() {
        try {
            return focused();
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    void click(String button) {
        driver.findElement(By.xpath("//button[normalize-space()='" + button + "']"))
                .click();
    }

    void width(int pixels) {
        Map<String, Object> metrics =
                Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", pixels < 500);
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", metrics);
    }

    void dark(boolean isDark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    void offline(boolean isOffline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", isOffline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What axe-core finds that is serious or worse, by the given groups of its rules. */
    List<?> barriers(String... groups) {
        if (!Boolean.TRUE.equals(script("return typeof axe !== 'undefined'"))) {
            driver.executeScript(axe);
        }
        return (List<?>) driver.executeAsyncScript(AXE, (Object) List.of(groups));
    }

    /** What the browser's own log says since it was asked last; nothing of it is what a page should have. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                // A device that has not reported yet has no report: the one answer of a well hub that is no 2xx
                .filter(line -> !line.contains("/report - Failed to load resource"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
