package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.HubConfig;
import dev.provhub.config.Listener;
import dev.provhub.config.YamlNode;
import dev.provhub.device.MacAddress;
import dev.provhub.pki.ClientTrust;
import dev.provhub.routing.Trace;
import dev.provhub.routing.YamlJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries out tests of routes against a hub that was started for them. */
final class RouteTestRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIRST_REFUSAL = 400;
    private static final int LONGEST_REASON = 2000;
    /** As in JSON: a text that begins with 0, as a telephone number does, stays one. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    /** What is answered at a device's own path. */
    private static final String PROFILE = "profile";

    private static final Pattern SECRET = Pattern.compile("(?i)passw|secret|GPP_S|_pin|key");
    static final Set<String> ASK = Set.of("transport", "method", "path", "headers", "body", "certificate");

    private final RunningHub hub;
    private final Clock clock;
    private final LinkedBlockingQueue<Trace> traces = new LinkedBlockingQueue<>();
    private final RouteTestPhones phones;

    RouteTestRun(RunningHub hub, Clock clock) {
        this.hub = hub;
        this.clock = clock;
        this.phones = new RouteTestPhones(hub, clock);
        hub.follow(traces::add);
    }

    @Override
    public void close() {
        phones.close();
    }

    /** An answer, and what the request went through; a request to the interface is not followed. */
    private record Answer(
            int status,
            String body,
            Map<String, List<String>> headers,
            @Nullable Trace trace) {}

    /** What was otherwise than expected, one line each; empty when all is well. */
    List<String> run(RouteTest test) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        for (RouteTest.Step step : test.steps()) {
            Answer answer = carryOut(step);
            List<String> all = new ArrayList<>(compare(step.expect(), answer));
            if (step.action().equals("phone")) {
                all.addAll(parameters(step));
            }
            for (String difference : all) {
                differences.add(test.file() + ":" + step.body().line() + ": " + step.action() + ": " + difference);
            }
        }
        return differences;
    }

    private Answer carryOut(RouteTest.Step step) throws IOException, InterruptedException {
        YamlNode body = step.body();
        return switch (step.action()) {
            case "ask" -> ask(body.allow(ASK));
            case "phone" -> phone(body.allow(RouteTestPhones.PHONE), step.expect());
            case "device" ->
                api(
                        "PUT",
                        "/api/v1/devices/" + MacAddress.parse(body.get("mac").text()),
                        "application/json",
                        without(json(body), "mac"));
            case "order" ->
                api(
                        "POST",
                        "/tmf-api/serviceOrdering/v4/serviceOrder",
                        "application/json",
                        json(body).toString());
            case "csv" -> api("POST", "/api/v1/imports", "text/csv", body.text());
            default ->
                api(
                        body.allow(Set.of("method", "path", "body"))
                                .findText("method")
                                .orElse("GET"),
                        body.get("path").text(),
                        "application/json",
                        body.find("body")
                                .map(RouteTestRun::json)
                                .map(Object::toString)
                                .orElse(""));
        };
    }

    private Answer phone(YamlNode phone, RouteTest.Expected expect) throws IOException, InterruptedException {
        traces.clear();
        String trouble = phones.fetch(phone);
        if (trouble != null) {
            throw phone.problem(trouble);
        }
        boolean isFollowed = !expect.properties().isEmpty() || !expect.steps().isEmpty();
        return new Answer(
                200,
                "",
                Map.of(),
                isFollowed ? lastTrace(MacAddress.parse(phone.get("mac").text())) : null);
    }

    /** Of what a device was given last of its own; null when nothing comes. */
    private @Nullable Trace lastTrace(MacAddress mac) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        @Nullable Trace last = null;
        while (System.nanoTime() < end) {
            @Nullable Trace next = traces.poll(last == null ? 1000 : 0, TimeUnit.MILLISECONDS);
            if (next == null && last != null) {
                return last;
            }
            if (next != null
                    && next.device().equals(mac.toString())
                    && PROFILE.equals(next.result().get("hubKind"))) {
                last = next;
            }
        }
        return last;
    }

    private List<String> parameters(RouteTest.Step step) {
        RouteTestPhones.@Nullable Phone phone =
                phones.find(MacAddress.parse(step.body().get("mac").text()));
        List<String> differences = new ArrayList<>();
        if (phone != null) {
            new TreeMap<>(step.expect().parameters()).forEach((name, value) -> {
                String actual = phone.parameter(name);
                if (!actual.equals(value)) {
                    differences.add("parameter " + name
                            + (SECRET.matcher(name).find()
                                    ? " is another one than expected"
                                    : " is '" + actual + "', expected '" + value + "'"));
                }
            });
        }
        return differences;
    }

    private static String without(JsonNode json, String key) {
        ((ObjectNode) json).remove(key);
        return json.toString();
    }

    private Answer api(String method, String path, String type, String body) {
        AdministrationClient client = new AdministrationClient(hub.config(), CallerToken.ofHub(hub.config()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        AdministrationClient.Answer answer =
                switch (method) {
                    case "POST" -> client.post(path, type, bytes);
                    case "PUT" -> client.put(path, type, bytes);
                    case "PATCH" -> client.patch(path, type, bytes);
                    case "DELETE" -> client.delete(path);
                    default -> client.get(path);
                };
        return new Answer(answer.status(), answer.body(), Map.of(), null);
    }

    private Answer ask(YamlNode ask) throws IOException, InterruptedException {
        String transport = ask.findText("transport").orElse("http");
        String path = ask.get("path").text();
        traces.clear();
        HubConfig config = hub.config();
        return switch (transport) {
            case "tftp" -> tftp(config.listeners().tftp(), path);
            case "https" -> http(ask, "https", config.listeners().https(), path);
            case "http" -> http(ask, "http", config.listeners().http(), path);
            default -> throw ask.problem("transport '" + transport + "' is none of http, https, tftp");
        };
    }

    private Answer http(YamlNode ask, String scheme, Listener listener, String path)
            throws IOException, InterruptedException {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (scheme.equals("https")) {
            Path data = hub.config().folders().data();
            Path authority = data.resolve("certs/ca.crt");
            YamlNode certificate = ask.find("certificate").orElse(null);
            client.sslContext(
                    certificate == null
                            ? ClientTrust.authority(authority)
                            : ClientTrust.authority(
                                    authority,
                                    DeviceCertificates.open(data, clock)
                                            .issueDevice(
                                                    MacAddress.parse(certificate
                                                            .get("mac")
                                                            .text()),
                                                    certificate.get("serial").text(),
                                                    certificate.get("product").text())));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(scheme + "://" + listener.host() + ":" + listener.port() + path))
                .timeout(LIMIT);
        RouteTest.map(ask, "headers").forEach(request::header);
        String body = ask.findText("body").orElse("");
        request.method(
                ask.findText("method").orElse("GET"),
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<byte[]> response = client.build().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                new String(response.body(), StandardCharsets.ISO_8859_1),
                response.headers().map(),
                trace(listener));
    }

    private Answer tftp(Listener listener, String path) throws IOException, InterruptedException {
        try {
            byte[] body = PlainTftp.get(listener, path, LIMIT);
            return new Answer(200, new String(body, StandardCharsets.ISO_8859_1), Map.of(), trace(listener));
        } catch (IOException e) {
            return new Answer(404, String.valueOf(e.getMessage()), Map.of(), trace(listener));
        }
    }

    /** Of the request that was sent to a listener just now; null when none comes. */
    private @Nullable Trace trace(Listener listener) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Trace trace = traces.poll(1, TimeUnit.SECONDS);
            if (trace != null && trace.from().contains(":" + listener.port())) {
                return trace;
            }
        }
        return null;
    }

    private static List<String> compare(RouteTest.Expected expect, Answer answer) {
        List<String> differences = new ArrayList<>();
        if (expect.status() != 0 && expect.status() != answer.status()) {
            differences.add("status is " + answer.status() + ", expected " + expect.status()
                    + (answer.status() >= FIRST_REFUSAL && answer.body().length() < LONGEST_REASON
                            ? ": " + answer.body()
                            : ""));
        }
        expect.contains().stream()
                .filter(text -> !answer.body().contains(text))
                .forEach(text -> differences.add("the answer does not contain '" + text + "'"));
        expect.lacks().stream()
                .filter(text -> answer.body().contains(text))
                .forEach(text -> differences.add("the answer contains '" + text + "'"));
        expect.headers().forEach((name, value) -> {
            String actual = answer.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .map(header -> String.join(", ", header.getValue()))
                    .orElse("not there");
            if (!actual.equals(value)) {
                differences.add("header " + name + " is " + actual + ", expected " + value);
            }
        });
        Map<String, String> result =
                answer.trace() == null ? Map.of() : answer.trace().result();
        expect.properties().forEach((name, value) -> {
            String actual = result.getOrDefault(name, "not set");
            if (!actual.equals(value)) {
                differences.add("property " + name + " is " + actual + ", expected " + value);
            }
        });
        String missing = missing(expect.steps(), answer.trace());
        if (!missing.isEmpty()) {
            differences.add("step " + missing + " did not run, or not in this order");
        }
        return differences;
    }

    private static String missing(List<String> wanted, @Nullable Trace trace) {
        int next = 0;
        if (trace != null) {
            for (Trace.Step step : trace.steps()) {
                if (next < wanted.size() && step.id().equals(wanted.get(next))) {
                    next++;
                }
            }
        }
        return next < wanted.size() ? wanted.get(next) : "";
    }

    private static JsonNode json(YamlNode node) {
        return YamlJson.of(node, WHOLE_NUMBER);
    }
}
