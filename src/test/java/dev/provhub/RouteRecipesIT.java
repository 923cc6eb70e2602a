package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.routing.Overrides;
import dev.provhub.routing.RouteFolders;
import java.io.IOException;
import java.io.StringReader;
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
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
    private static final Path ORDINARY = Path.of("docs/how-to/serve-from-an-ordinary-server.md");
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
    private static HttpServer ordinary;

    /** One hub for all: what a site adds comes and goes while it runs. */
    @BeforeAll
    static void start() throws Exception {
        overrides = new Overrides(
                new RouteFolders(Path.of("routes").toAbsolutePath(), folder.resolve("site"), folder.resolve("ext")));
        answerDevice = overrides.make("answer-device");
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(Path.of("firmware/catalog.yaml"), images.resolve("catalog.yaml"));
        makeJar(block("A step in Groovy or Java", "java", 1));
        Folders.copy(Path.of("config"), folder.resolve("config"));
        OtherVendorIT.addExample(folder.resolve("config"));
        Path model = folder.resolve("model.yaml");
        Files.writeString(
                model,
                block(Path.of("docs/how-to/add-a-model.md"), "1. Copy the entry", "yaml", 1)
                        .stripIndent());
        OtherVendorIT.addTo(folder.resolve("config/models.yaml"), model);
        Map<String, String> settings = ordinaryServer();
        settings.put("hub.config", folder.resolve("config").toString());
        settings.put("hub.firmware", images.toString());
        settings.put("hub.routes.site", folder.resolve("site").toString());
        settings.put("hub.ext", folder.resolve("ext").toString());
        hub = HubUnderTest.start(folder.resolve("data"), settings);
    }

    /** A server of files alone, and the settings that its page has for it. */
    private static Map<String, String> ordinaryServer() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        ordinary = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ordinary.createContext("/phones/", exchange -> {
            Path file = files.resolve(exchange.getRequestURI().getPath().substring("/phones/".length()));
            byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        ordinary.start();
        Properties said = new Properties();
        said.load(new StringReader(block(ORDINARY, "## 1. Say where", "properties", 1)));
        assertThat(said.stringPropertyNames()).containsExactlyInAnyOrder("hub.publish.dir", "hub.publish.url");
        return new HashMap<>(Map.of(
                "hub.publish.dir",
                files.toString(),
                "hub.publish.url",
                "http://127.0.0.1:" + ordinary.getAddress().getPort() + "/phones",
                "hub.publish.period",
                "1"));
    }

    @BeforeEach
    void asShipped() throws IOException {
        Files.copy(
                Path.of("routes/devices/answer-device.camel.yaml"), answerDevice, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    static void stop() {
        hub.close();
        ordinary.stop(0);
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
        return block(PAGE, "## " + recipe + "\n", language, number);
    }

    /** @param from where on the page one begins to count */
    static String block(Path page, String from, String language, int number) throws IOException {
        String text = Files.readString(page);
        assertThat(text).contains(from);
        Matcher blocks =
                Pattern.compile("(?s)```(?:" + language + ")\n(.*?)```").matcher(text.substring(text.indexOf(from)));
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
    void valueThatAKameletCannotTake_isToldWhereItIsGiven() throws Exception {
        String route = """
                - route:
                    id: take-wrongly
                    description: Take files of a pattern that is none
                    routeConfigurationId: hub-feed-errors
                    from:
                      id: take-wrongly-from
                      uri: kamelet:hub-csv-folder-source
                      parameters:
                        directory: target/none
                        include: "*.txt"
                      steps:
                        - log:
                            id: take-wrongly-log
                            message: taken
                """;
        site("site/orders/take-wrongly.camel.yaml", route);
        await().atMost(SOON).until(() -> problems().contains("cannot be set so"));
        assertThat(problems()).contains("take-wrongly.camel.yaml", "the property 'include'", "\"line\":10");
        Files.delete(folder.resolve("site/orders/take-wrongly.camel.yaml"));
        await().atMost(SOON).until(() -> !problems().contains("cannot be set so"));
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
                        .replaceAll("(?m)^( +(?:- )?)id: (?!answer-bootstrap)(.*)$", "$1id: answer-bootstrap-new-$2"));
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

    @Test
    void modelsOfTheSite_andOfAnotherVendor_areServedByFilesAlone() throws Exception {
        assertThat(ask("/spa509X.cfg").body()).contains("<flat-profile>", "/b/$(PSN)/$(MA).cfg");
        assertThat(ask("/snom/D735.xml").body()).contains("<setting_server");
    }

    @Test
    void delay_holdsTheAnswerBack() throws Exception {
        after(DECIDED, block("Refuse a request", 3));

        await().atMost(SOON).until(() -> {
            long begun = System.nanoTime();
            assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
            return System.nanoTime() - begun >= Duration.ofMillis(500).toNanos()
                    && hub.get("/api/v1/routes/answer-device").body().contains("answer-device-delay");
        });
    }

    @Test
    void rowsOfASecondCrm_becomeDevicesAndAreMarked() throws Exception {
        String url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        try (Connection shop = DriverManager.getConnection(url);
                Statement statement = shop.createStatement()) {
            statement.execute(
                    "create table shop_order (id integer primary key, state varchar(10), remark varchar(1000),"
                            + " mac varchar(17), phone varchar(20), account varchar(20), secret varchar(40))");
            statement.execute(
                    "insert into shop_order values (1, 'new', null, '00:0e:08:aa:bb:78', 'SPA504G', '4712', 'quiet-harbour-8'),"
                            + " (2, 'new', null, '00:0e:08:aa:bb:79', 'SPA9999', '4713', 'quiet-harbour-7')");

            site("site/orders/poll-shop.camel.yaml", block("Take orders from a second CRM's table", 1));

            await().atMost(SOON)
                    .until(() -> hub.get("/api/v1/devices/000e08aabb78").statusCode() == 200);
            await().atMost(SOON).untilAsserted(() -> {
                try (ResultSet rows =
                        statement.executeQuery("select state, remark, secret from shop_order order by id")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("ok");
                    assertThat(rows.getString(3)).isNull();
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("failed");
                    assertThat(rows.getString(2)).contains("'SPA9999' is not allowed");
                }
            });
        } finally {
            Files.delete(folder.resolve("site/orders/poll-shop.camel.yaml"));
        }
    }

    @Test
    void flowThatIsTurnedOff_leavesFilesAloneUntilItIsTurnedOnAgain() throws Exception {
        Path own = overrides.make("import-csv");
        after(own, "    id: import-csv\n", block("Turn a flow off", 1));
        await().atMost(SOON)
                .until(() -> hub.get("/api/v1/routes/import-csv").body().contains("\"state\":\"stopped\""));
        Path dropped = hub.config().folders().importDir().resolve("off.csv");
        Files.writeString(
                dropped,
                "externalId,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n"
                        + "OFF-1,000e08aabb7a,SPA504G,4714,quiet-harbour-6,sip.example.net\n");
        assertThat(ask("/spa504G.cfg").statusCode()).isEqualTo(200);
        assertThat(dropped).exists();
        assertThat(hub.get("/api/v1/devices/000e08aabb7a").statusCode()).isEqualTo(404);

        Files.delete(own);
        await().atMost(SOON).until(() -> hub.get("/api/v1/devices/000e08aabb7a").statusCode() == 200);
    }

    @Test
    void sealedProfiles_arePublishedToAnOrdinaryServer() throws Exception {
        Path plan = folder.resolve("config/layers/plan/office.yaml");
        String before = Files.readString(plan);
        Files.writeString(plan, block(ORDINARY, "## 2. Say for whom", "yaml", 1));
        try (PhoneUnderTest phone = phones.aPhoneOf(hub)
                .thatIs("SPA504G")
                .withMac(new dev.provhub.device.MacAddress("000e08aabb7b"))
                .withSerial("CBT141400UM")
                .switchedOn()) {
            assertThat(hub.post(
                                    "/api/v1/imports",
                                    "text/csv",
                                    "externalId,macAddress,deviceModel,plan,sipUser,sipPassword,sipDomain\n"
                                            + "PUB-1,000e08aabb7b,SPA504G,office,4715,quiet-harbour-5,sip.example.net\n")
                            .body())
                    .contains(",ok,");
            assertThat(phone.awaitUntil(now -> now.parameter("User_ID_1_").equals("4715")
                            && now.parameter("Profile_Rule")
                                    .contains(":" + ordinary.getAddress().getPort() + "/phones/")))
                    .isTrue();
            try (var files = Files.list(folder.resolve("files"))) {
                assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Files.readAllBytes(file))
                        .startsWith("Salted__".getBytes(StandardCharsets.US_ASCII)));
            }
        } finally {
            Files.writeString(plan, before);
        }
    }
}
