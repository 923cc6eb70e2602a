package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files as HTTP serves them: to everybody, and nothing else. */
class ConsoleIT {
    private static final Path FILES = Path.of("src/main/resources/console");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void start() {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return Stream.concat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> FILES.relativize(file).toString()),
                            Stream.of("", "lib/lit-html.js", "lib/lit-html-license.txt"))
                    .toList();
        }
    }

    private static HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + hub.config().listeners().api() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @MethodSource("names")
    void file_withoutToken_isServedUnderAStrictPolicy(String name) throws Exception {
        HttpResponse<String> answer = ask("GET", "/console/" + name);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo(POLICY);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "Content-Type"))
                .matches("(text/html|text/css|text/javascript|text/plain|image/svg[+]xml); ?charset=utf-8");
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server");
    }

    @Test
    void file_thatTheBrowserHas_isNotSentAgain() throws Exception {
        String tag = header(ask("GET", "/console/console.js"), "ETag");

        HttpResponse<String> again = ask("GET", "/console/console.js", "If-None-Match", "\"x\", W/" + tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(ask("GET", "/console/console.js", "If-None-Match", "\"x\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void head_isAnsweredWithoutABody() throws Exception {
        HttpResponse<String> answer = ask("HEAD", "/console/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "ETag")).isEqualTo(header(ask("GET", "/console/"), "ETag"));
    }

    @Test
    void folder_withoutItsSlash_isAtAnotherPlace() throws Exception {
        HttpResponse<String> answer = ask("GET", "/console");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(header(answer, "Location")).isEqualTo("/console/");
    }

    @Test
    void file_thatIsNone_isNotFound() throws Exception {
        assertThat(ask("GET", "/console/none.js").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/console/pages/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/console/pages").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/console/pages/none.js").body()).contains("no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
    void method_otherThanReading_needsAToken(String method) throws Exception {
        assertThat(Door.API.exchange(
                        hub,
                        method + " /console/ HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1[.]1 (401|405) .*")
                .doesNotContain("<script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../api/v1/health",
                "/console/..%2fapi/v1/health",
                "/console/%2e%2e/api/v1/health",
                "/console/pages/../../api/v1/health",
                "/console/..;/api/v1/health",
                "/console;x/",
                "/console/;x",
                "/console/%69ndex.html",
                "/console/index.html%00.js",
                "/console/index.html?file=../../hub.properties",
                "/console/..\\..\\config\\hub.properties",
                "/console/a/b/c.js",
                "/console/.git",
                "//console/",
                "/consoles",
                "/CONSOLE/",
                "/console/../../../../etc/passwd",
                "http://h/console/../api/v1/health"
            })
    void path_writtenOtherwise_needsAToken(String path) throws Exception {
        assertThat(Door.API.get(hub, path, ""))
                .matches("(?s)HTTP/1[.]1 (400|401) .*")
                .doesNotContain("<script", "status\":\"UP");
    }

    @Test
    void form_toTheConsole_needsAToken() throws Exception {
        assertThat(ask("GET", "/console/", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void files_askForNoSecretAndRunNothingThatIsText() throws IOException {
        for (String name : names()) {
            Path file = FILES.resolve(name);
            if (name.endsWith(".js") && Files.exists(file)) {
                assertThat(Files.readString(file))
                        .as(name)
                        .doesNotContain("/key", "admin-password", "/spc", "master-key", "/backup")
                        .doesNotContain(
                                "innerHTML", "insertAdjacentHTML", "unsafe", "eval(", "Function(", "document.write")
                        .doesNotContain("localStorage", "document.cookie", "https:");
            }
        }
    }
}
