package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.routing.Overrides;
import dev.provhub.routing.RouteFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/how-to/route-recipes.md, done in a running hub with the files that stand in that page. */
class RouteRecipesIT {
    private static final Path PAGE = Path.of("docs/how-to/route-recipes.md");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String DECIDED = "            ref: decide\n";
    private static final String RECORDED = "            ref: contacts\n            method: record\n";

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private static Path folder;

    private static Overrides overrides;
    private static Path answerDevice;
    private static HubUnderTest hub;

    /** One hub for all: what a site adds comes and goes while it runs. */
    @BeforeAll
    static void start() throws Exception {
        overrides = new Overrides(
                new RouteFolders(Path.of("routes").toAbsolutePath(), folder.resolve("site"), folder.resolve("ext")));
        answerDevice = overrides.make("answer-device");
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(Path.of("firmware/catalog.yaml"), images.resolve("catalog.yaml"));
        makeJar(block("A step in Groovy or Java", "java", 1));
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.firmware", images.toString(),
                        "hub.routes.site", folder.resolve("site").toString(),
                        "hub.ext", folder.resolve("ext").toString()));
    }

    @BeforeEach
    void asShipped() throws IOException {
        Files.copy(
                Path.of("routes/devices/answer-device.camel.yaml"), answerDevice, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** As javac and jar do it. */
    private static void makeJar(String source) throws IOException {
        Path file = folder.resolve("java/site/Stamp.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve("java/classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                file.toString()))
                .isZero();
        Files.createDirectories(folder.resolve("ext"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("ext/site-steps.jar")))) {
            jar.putNextEntry(new JarEntry("site/Stamp.class"));
            Files.copy(classes.resolve("site/Stamp.class"), jar);
        }
    }

    /** The n-th block of a recipe. */
    private static String block(String recipe, int number) throws IOException {
        return block(recipe, "yaml|groovy", number);
    }

    private static String block(String recipe, String language, int number) throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## " + recipe + "\n"));
        Matcher blocks =
                Pattern.compile("(?s)```(?:" + language + ")\n(.*?)```").matcher(section);
        for (int i = 0; i < number; i++) {
            assertThat(blocks.find()).isTrue();
        }
        return blocks.group(1);
    }

    private static void site(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void after(String place, String text) throws IOException {
        after(answerDevice, place, text);
    }

    private static void after(Path file, String place, String text) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(place);
        Files.writeString(file, before.replace(place, place + text));
    }

    private static HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.httpUrl() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String problems() throws IOException, InterruptedException {
        return hub.get("/api/v1/routes").body().replaceFirst("(?s),\"routes\":.*", "");
    }

    @Test
    void groovySteps_refuseAndCallAProgram_andAreToldWithTheirLineWhenTheyAreWrong() throws Exception {
        site("ext/only-from-home.groovy", block("Refuse a request", 1));
        site("ext/customer-name.groovy", block("Call an external program", 1));
        String refuse = block("Refuse a request", 2);
        after(DECIDED, refuse);
        after(RECORDED, refuse.replace("only-from-home", "customer-name"));
        await().atMost(SOON).until(() -> ask("/spa942.cfg").statusCode() == 404);
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
        assertThat(ask("/spa504G.cfg").headers().firstValue("X-Customer")).contains("Customer of SPA504G");

        site("ext/only-from-home.groovy", "def x = 1\ndef y = = 2\n");
        await().atMost(SOON).until(() -> problems().contains("only-from-home.groovy"));
        assertThat(problems()).contains("\"line\":2");
        assertThat(ask("/spa942.cfg").statusCode()).isEqualTo(404);
        site("ext/only-from-home.groovy", "// nobody is refused any more\n");
        await().atMost(SOON).until(() -> ask("/spa942.cfg").statusCode() == 200);
    }

    @Test
    void fetches_areAuditedAndKeysTold_withoutTouchingTheAnswer() throws Exception {
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        try {
            site("ext/name-by-place.groovy", block("Change a parameter by a rule", 1));
            after(
                    overrides.make("answer-profile"),
                    "            ref: profiles\n            method: full\n",
                    block("Change a parameter by a rule", 2));
            site("site/devices/audit-fetches.camel.yaml", block("Audit each fetch into a table", 1));
            site(
                    "site/ops/tell-webhook.camel.yaml",
                    block("Post events to a webhook", 1)
                            .replace(
                                    "{{SITE_WEBHOOK:http://127.0.0.1:9}}",
                                    "http://127.0.0.1:" + webhook.getAddress().getPort() + "/"));
            after(RECORDED, block("Audit each fetch into a table", 2) + block("Post events to a webhook", 2));
            await().atMost(SOON).until(() -> hub.get("/api/v1/routes").body().contains("audit-fetches-write"));
            assertThat(problems()).contains("\"problems\":[]");
            assertThat(hub.order(Files.readString(Path.of("docs/examples/order.json")))
                            .statusCode())
                    .isEqualTo(201);
            try (PhoneUnderTest phone = phones.aPhoneOf(hub)
                    .thatIs("SPA508G")
                    .withMac(new dev.provhub.device.MacAddress("0002fdff2103"))
                    .withSerial("CBT141400UK")
                    .running("7.6.2g")
                    .switchedOn()) {
                assertThat(phone.awaitUntil(now -> now.parameter("Password_1_").equals("Tq7-rosebud-41")
                                && now.parameter("Display_Name_1_").equals("Working from home")))
                        .isTrue();
            }
            await().atMost(SOON)
                    .until(() -> told.stream().anyMatch(one -> one.contains("\"device\": \"0002fdff2103\"")));
            await().atMost(SOON).until(() -> audited("0002fdff2103", "key") > 0);
            await().atMost(SOON).until(() -> audited("0002fdff2103", "profile") > 0);
        } finally {
            webhook.stop(0);
        }
    }

    private static long audited(String mac, String kind) throws SQLException {
        try (Connection site = DriverManager.getConnection("jdbc:h2:mem:site;DB_CLOSE_DELAY=-1");
                ResultSet rows = site.createStatement()
                        .executeQuery(
                                "select count(*) from fetched where mac = '" + mac + "' and kind = '" + kind + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void ownCsv_becomesDevices_andACanaryTakesTheTraffic() throws Exception {
        site("ext/crm-columns.groovy", block("Take orders from a folder with the site's own CSV", 2));
        site("site/orders/take-site-csv.camel.yaml", block("Take orders from a folder with the site's own CSV", 1));
        Path crm = hub.config().folders().importDir().resolve("crm");
        Files.createDirectories(crm);
        Files.writeString(
                crm.resolve("night.txt"),
                "number;phone;type;user;password\n7;000e08aabb77;SPA504G;4711;quiet-harbour-9\n");
        await().atMost(SOON).until(() -> hub.get("/api/v1/devices/000e08aabb77").statusCode() == 200);

        Path bootstrap = Path.of("routes/devices/answer-bootstrap.camel.yaml");
        site(
                "site/devices/answer-bootstrap-new.camel.yaml",
                Files.readString(bootstrap)
                        .replaceAll("(?m)(id|name): ([a-z-]*)answer-bootstrap", "$1: $2answer-bootstrap-new")
                        .replaceAll("(?m)^( +)id: (?!answer-bootstrap)(.*)$", "$1id: answer-bootstrap-new-$2"));
        String text = Files.readString(answerDevice);
        String call = """
                  - to:
                      id: to-answer-bootstrap
                      uri: direct
                      parameters:
                        name: answer-bootstrap
        """.indent(8);
        assertThat(text).contains(call.strip().lines().findFirst().orElseThrow());
        Files.writeString(
                answerDevice,
                text.replaceFirst(
                        "(?s) {18}- to:\n {22}id: to-answer-bootstrap\n.*?name: answer-bootstrap\n",
                        Matcher.quoteReplacement(block("A canary: part of the traffic over a new edition", 1))));
        await().atMost(SOON).until(() -> {
            assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
            String one = hub.get("/api/v1/routes/answer-bootstrap-new").body();
            return one.contains("\"exchanges\":") && !one.contains("\"exchanges\":0");
        });
    }

    @Test
    void classOfAJar_isAStep_andWhatIsMissingIsTold() throws Exception {
        site("site/devices/site-beans.camel.yaml", block("A step in Groovy or Java", 1));
        after(RECORDED, block("A step in Groovy or Java", 2));
        await().atMost(SOON)
                .until(() -> ask("/spa504G.cfg").headers().firstValue("X-Site").equals(Optional.of("stamped")));

        site(
                "site/devices/site-beans.camel.yaml",
                block("A step in Groovy or Java", 1).replace("Stamp", "Stmp"));
        await().atMost(SOON).until(() -> problems().contains("site-beans.camel.yaml"));
        assertThat(problems()).contains("site.Stmp", "\"line\":3");
        assertThat(ask("/spa504G.cfg").headers().firstValue("X-Site")).contains("stamped");
        site("site/devices/site-beans.camel.yaml", block("A step in Groovy or Java", 1));
        await().atMost(SOON).until(() -> problems().contains("\"problems\":[]"));
    }

    @Test
    void image_ofTheVendorsPlace_isStaged() throws Exception {
        byte[] image = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2e", 100_000);
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, image.length);
            exchange.getResponseBody().write(image);
            exchange.close();
        });
        vendor.start();
        try {
            site(
                    "site/firmware/fetch-firmware.camel.yaml",
                    block("Fetch firmware nightly from a vendor's place", 1)
                            .replace(
                                    "{{SITE_FIRMWARE:http://127.0.0.1:9/}}",
                                    "http://127.0.0.1:" + vendor.getAddress().getPort() + "/image"));
            await().atMost(SOON).until(() -> hub.get("/api/v1/firmware").body().contains("spa50x-30x-7-6-2e.bin"));
        } finally {
            vendor.stop(0);
        }
    }
}
