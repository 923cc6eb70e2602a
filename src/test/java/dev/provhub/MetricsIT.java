package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.device.MacAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a hub that serves a phone. */
class MetricsIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\| ([^|]*) \\| ([^|]*) \\|");

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

    /** A metric family as it is documented or shown. */
    private record Family(String type, Set<String> labels) {}

    @Test
    void metrics_ofAPhoneThatDoesWell_countItsWay() throws Exception {
        aSecuredPhone();

        assertThat(value("hub_requests_total{kind=\"bootstrap\",outcome=\"answered\",transport=\"http\"}"))
                .isPositive();
        assertThat(value("hub_requests_total{kind=\"key\",outcome=\"answered\",transport=\"https\"}"))
                .isPositive();
        double profiles = value("hub_requests_total{kind=\"profile\",outcome=\"answered\",transport=\"http\"}");
        assertThat(profiles).isPositive();
        assertThat(value("hub_request_seconds_count{kind=\"profile\",transport=\"http\"}"))
                .isGreaterThanOrEqualTo(profiles);
        assertThat(value("hub_request_seconds_bucket{kind=\"profile\",transport=\"http\",le=\"+Inf\"}"))
                .isGreaterThanOrEqualTo(profiles);
        assertThat(value("hub_events_total{evidence=\"proof\",kind=\"contact\"}"))
                .isPositive();
        assertThat(value("hub_devices{claimed=\"true\",state=\"new\"}")
                        + value("hub_devices{claimed=\"true\",state=\"keyed\"}")
                        + value("hub_devices{claimed=\"true\",state=\"secured\"}"))
                .isEqualTo(1);
        assertThat(value("hub_certificate_left_days{name=\"https\"}")).isGreaterThan(300);
        assertThat(value("hub_database_connections_max")).isPositive();
        assertThat(scrape()).doesNotContain(KITCHEN.hex(), "/p/", "pass-1");
    }

    @Test
    void metrics_withoutATokenOrWithAnUnknownModel_areRefusedAndCounted() throws Exception {
        HttpRequest without = HttpRequest.newBuilder(
                        URI.create("http://" + hub.config().listeners().api() + "/metrics"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(without, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(hub.get("/metrics").headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain; version=0.0.4");

        ask("/nothing/of/the/kind", "curl/8");
        ask("/spa999G.cfg", "Cisco/SPA999G-7.4.8 (000E08000002)(CBT1)");

        assertThat(value("hub_troubles_total{name=\"not_found\"}")).isEqualTo(1);
        assertThat(value("hub_troubles_total{name=\"unknown_model\"}")).isEqualTo(1);
    }

    @Test
    void series_afterTenThousandRandomNamesAndUserAgents_areNoMore() throws Exception {
        ask("/known/name/first", "first");
        ask("/spa504G.cfg", "Cisco/SPA504G-7.4.8 (000E08000003)(CBT1)");
        ask("/spa999G.cfg", "Cisco/SPA999G-7.4.8 (000E08000002)(CBT1)");
        scrape();
        Set<String> before = series();
        java.util.Random random = new java.util.Random(7);
        HttpClient http = HttpClient.newHttpClient();
        for (int number = 0; number < 10_000; number++) {
            String word = Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
            http.send(
                    HttpRequest.newBuilder(URI.create(hub.httpUrl() + "/" + word + "/" + word + ".cfg"))
                            .header("User-Agent", "Cisco/SPA" + word + "-7.4.8 (" + word + ")")
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }

        assertThat(series()).isEqualTo(before);
        assertThat(value("hub_requests_total{kind=\"nothing\",outcome=\"not_found\",transport=\"http\"}"))
                .isGreaterThan(9_000);
    }

    @Test
    void page_andRegistry_nameTheSameMetricsTypesAndLabels() throws Exception {
        aSecuredPhone();
        Map<String, Family> shown = shown(scrape());
        Map<String, Family> page = page();

        assertThat(page).as("docs/reference/metrics.md").containsAllEntriesOf(shown);
        assertThat(shown.keySet())
                .containsAll(page.keySet().stream()
                        .filter(name -> name.startsWith("hub_"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void alertRules_nameMetricsThatThereAre() throws Exception {
        Set<String> known = new TreeSet<>();
        page().forEach((name, family) -> {
            known.add(name);
            if (family.type().equals("histogram")) {
                known.addAll(Set.of(name + "_bucket", name + "_count", name + "_sum"));
            }
        });
        known.add("up");
        String rules = Files.readString(Path.of("docs/examples/prometheus-alerts.yaml"));
        Matcher expressions = Pattern.compile("(?m)^ *expr: (.*)$").matcher(rules);
        Set<String> named = new TreeSet<>();
        while (expressions.find()) {
            Matcher names = Pattern.compile("\\b(hub_[a-z_]+|up)\\b").matcher(expressions.group(1));
            while (names.find()) {
                named.add(names.group(1));
            }
        }
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(known).containsAll(named);
    }

    private void aSecuredPhone() throws Exception {
        String row = "L-1,add,%s,SPA504G,1,user-1,pass-1,sip.example.net%n".formatted(KITCHEN);
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
    }

    private void ask(String path, String userAgent) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.httpUrl() + path))
                                .header("User-Agent", userAgent)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private String scrape() throws Exception {
        HttpResponse<String> answer = hub.get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private double value(String series) throws Exception {
        await().atMost(PATIENCE).until(() -> scrape().contains("\n" + series + " "));
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }

    /** Names and labels of the hub's own; garbage may be collected for the first time meanwhile. */
    private Set<String> series() throws Exception {
        return scrape().lines()
                .filter(line -> line.startsWith("hub_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Family> shown(String text) {
        Map<String, Family> families = new TreeMap<>();
        Matcher types = TYPE.matcher(text);
        while (types.find()) {
            String name = types.group(1);
            Set<String> labels = new TreeSet<>();
            text.lines()
                    .filter(line -> line.matches(Pattern.quote(name) + "(_bucket|_count|_sum)?[{].*"))
                    .forEach(line -> {
                        Matcher label = LABEL.matcher(line.substring(0, line.lastIndexOf('}')));
                        while (label.find()) {
                            labels.add(label.group(1));
                        }
                    });
            labels.remove("le");
            families.put(name, new Family(types.group(2), labels));
        }
        return families;
    }

    private static Map<String, Family> page() throws Exception {
        Map<String, Family> families = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/reference/metrics.md")));
        while (rows.find()) {
            Set<String> labels = Arrays.stream(rows.group(4).replace("`", "").split(",", -1))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            families.put(rows.group(1), new Family(rows.group(2), labels));
        }
        return families;
    }
}
