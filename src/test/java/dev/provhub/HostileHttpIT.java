package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may send who is no phone: whatever it is, the hub says nothing of itself and nothing of what was sent. */
class HostileHttpIT {
    private static final String CANARY = "Zq9canary";
    private static final String MAC = "0002fdff2103";
    private static final String NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nDate: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;

    @BeforeAll
    static void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        hub.order(Files.readString(Path.of("docs/examples/order.json")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void assertSilent(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("jetty")
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("exception")
                .doesNotContainIgnoringCase("x-powered-by")
                .doesNotContainIgnoringCase("servlet")
                .doesNotContain("Server:", "\tat ", CANARY);
    }

    /** How many answers a connection has got. */
    private static long answers(String wire) {
        return wire.lines().filter(line -> line.startsWith("HTTP/")).count();
    }

    static Stream<Arguments> badRequests() {
        List<String> requests = List.of(
                // Line breaks, NUL and folded lines in headers
                "GET /x HTTP/1.1\r\nHost: h\r\nX-A: a\rX-B: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nX-A: a\0" + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nX-\0A: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nX-A: a\r\n " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\n X-A: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nX-A : " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\n: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\n" + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nHost: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: " + CANARY + "<>@:99999\r\nConnection: close\r\n\r\n",
                "GET /" + CANARY + "\0 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /" + CANARY + "\tx HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                // Other protocols, and what is none
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + CANARY,
                "HELO " + CANARY + "\r\n\r\n",
                "GET /" + CANARY + "\r\n\r\n",
                "GET /" + CANARY + " HTTP/3.0\r\nHost: h\r\n\r\n",
                "GET " + CANARY + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET ://" + CANARY + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET http:// HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "CONNECT " + CANARY + ":443 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "TRACE /x HTTP/1.1\r\nHost: h\r\nX-A: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: h\r\nOrigin: http://" + CANARY + "\r\nConnection: close\r\n\r\n",
                CANARY + " /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nExpect: " + CANARY + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
                        + "Connection: Upgrade, HTTP2-Settings, close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml; charset=" + CANARY
                        + "\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\nCookie: a=" + CANARY + "; $Version=\"\r\nConnection: close\r\n\r\n",
                "GET /x?" + CANARY + "=%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: h\r\n" + ("X-A: " + CANARY + "\r\n").repeat(900) + "\r\n",
                "GET /" + CANARY.repeat(2000) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        return Stream.of(Door.values()).flatMap(door -> requests.stream().map(request -> Arguments.of(door, request)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("badRequests")
    void badRequest_whateverItIs_getsAtMostABareStatus(Door door, String request) throws IOException {
        String answer = door.exchange(hub, request);

        assertSilent(answer);
        assertThat(answer).doesNotStartWith("HTTP/1.1 2").doesNotStartWith("HTTP/1.1 101");
        assertThat(answers(answer)).isLessThanOrEqualTo(1);
    }

    static Stream<Arguments> ambiguousLengths() {
        List<String> headers = List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length : 5\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding:\r\n chunked\r\n",
                "X: a\rTransfer-Encoding: chunked\r\n");
        return Stream.of(Door.values()).flatMap(door -> headers.stream().map(lines -> Arguments.of(door, lines)));
    }

    /** Behind a balancer that counts otherwise, the second request would be somebody else's. */
    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("ambiguousLengths")
    void bodyLength_ambiguous_endsTheConnectionAtTheFirstAnswer(Door door, String headers) throws IOException {
        String answer = door.exchange(
                hub,
                "POST /x HTTP/1.1\r\nHost: h\r\n" + headers
                        + "\r\n0\r\n\r\nGET /spa508G.cfg HTTP/1.1\r\nHost: h\r\nX: x\r\n\r\n");

        assertSilent(answer);
        assertThat(answers(answer)).isEqualTo(1);
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("flat-profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFFFFFFFFFFF\r\nx", "-1\r\nx", "zz\r\nx", "5;" + CANARY + "=\0\r\nx", "\r\nx"})
    void chunk_bad_endsTheConnection(String chunk) throws IOException {
        String order = "POST /tmf-api/serviceOrdering/v4/serviceOrder HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                + hub.token() + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

        String answer = Door.API.exchange(hub, order + chunk + "\r\nGET /health/live HTTP/1.1\r\nHost: h\r\n\r\n");

        assertSilent(answer);
        assertThat(answers(answer)).isLessThanOrEqualTo(1);
        assertThat(answer).doesNotStartWith("HTTP/1.1 2");
    }

    static Stream<Arguments> forgedHeaders() {
        List<String> headers = List.of(
                "CamelHttpUri: /p/x\r\nCamelHttpPath: /p/x\r\nCamelHttpQuery: a=" + CANARY + "\r\n",
                "CamelHttpResponseCode: 204\r\nCamelHttpMethod: DELETE\r\n",
                "CamelFileName: ../../etc/passwd\r\nCamelTftpFileName: /b/x\r\nCamelTftpErrorCode: 0\r\n",
                "CamelBeanMethodName: failed\r\nCamelExceptionCaught: x\r\nbreadcrumbId: " + CANARY + "\r\n",
                "hubKind: key\r\nhubDevice: " + MAC + "\r\nhubIdentity: x\r\nhubFile: ../hub.properties\r\n",
                "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Host: " + CANARY + "\r\nX-Forwarded-Proto: https\r\n",
                "Forwarded: for=203.0.113.9;host=" + CANARY + ";proto=https\r\nX-Real-IP: 203.0.113.9\r\n",
                "X-Original-URL: /p/x\r\nX-Rewrite-URL: /p/x\r\nX-HTTP-Method-Override: DELETE\r\n",
                "SSL_CLIENT_CERT: x\r\nSSL_CLIENT_VERIFY: SUCCESS\r\nSSL_CLIENT_S_DN: ST=" + MAC + "\r\n",
                "X-SSL-Client-Cert: x\r\nX-SSL-Client-Verify: SUCCESS\r\nX-SSL-Client-S-DN: ST=" + MAC + "\r\n",
                "X-Client-Cert: x\r\nX-Forwarded-Client-Cert: x\r\nSsl-Client-Verify: SUCCESS\r\nClient-Cert: :AA==:\r\n");
        return Stream.of(Door.HTTP, Door.HTTPS, Door.LEGACY)
                .flatMap(door -> headers.stream().map(lines -> Arguments.of(door, lines)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("forgedHeaders")
    void header_thatPretendsToBeAConclusion_changesNoAnswer(Door door, String forged) throws IOException {
        for (String path : new String[] {"/spa508G.cfg", "/b/508G/" + MAC + ".cfg", "/rc", "/unknown"}) {
            assertThat(door.get(hub, path, forged)).as(path).isEqualTo(door.get(hub, path, ""));
        }
        assertThat(door.get(hub, "/b/508G/" + MAC + ".cfg", forged)).isEqualTo(NOT_FOUND);
    }

    @Test
    void header_namedLikeAPathParameter_doesNotNameAnotherDevice() throws IOException {
        String bearer = "Authorization: Bearer " + hub.token() + "\r\n";

        String answer =
                Door.API.get(hub, "/api/v1/devices/000000000000", bearer + "mac: " + MAC + "\r\nCamelHeader: x\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(Door.API.get(hub, "/api/v1/devices/" + MAC, bearer + "mac: 000000000000\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(Door.API.get(hub, "/api/v1/devices/" + MAC + "?mac=000000000000", bearer))
                .startsWith("HTTP/1.1 400 ")
                .contains("query parameter mac is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpResponseCode: 200",
                "X-Forwarded-For: 127.0.0.1",
                "X-Original-URL: /health/live",
                "Authorization: Basic YWRtaW46YWRtaW4=",
                "Authorization: Bearer ",
                "Authorization: Bearer null",
                "Cookie: token=x"
            })
    void administration_withoutToken_staysClosedWhateverElseIsSent(String header) throws IOException {
        String answer = Door.API.get(hub, "/api/v1/devices/" + MAC, header + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ");
        assertSilent(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live/../../api/v1/devices/" + MAC,
                "/health/live/..%2f..%2fapi/v1/devices/" + MAC,
                "/health/live;/../../api/v1/devices/" + MAC,
                "/health/live%00/api/v1/devices/" + MAC,
                "//health/live/api/v1/devices/" + MAC,
                "/api/v1/devices/" + MAC + ";/health/live",
                "/api/v1/devices/" + MAC + "?/health/live",
                "/api/v1/devices/" + MAC + "%3f/health/live",
                "/api/v1/devices/" + MAC + "/../../../../health/live/../../api/v1/devices/" + MAC,
                "http://h/api/v1/devices/" + MAC
            })
    void administration_byPathTricks_staysClosed(String path) throws IOException {
        String answer = Door.API.get(hub, path, "");

        assertThat(answer).matches("(?s)HTTP/1[.]1 (400|401|404) .*").doesNotContain("508G");
        assertSilent(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/firmware/../catalog.yaml",
                "/firmware/..%2fcatalog.yaml",
                "/firmware/%2e%2e%2fconfig%2fhub.properties",
                "/firmware/..\\config\\hub.properties",
                "/firmware/..%5cconfig%5chub.properties",
                "/firmware/%c0%ae%c0%ae%c0%afcatalog.yaml",
                "/firmware/%e0%80%ae%e0%80%ae/catalog.yaml",
                "/firmware/catalog.yaml%00.bin",
                "/firmware/%00",
                "/firmware/.",
                "/firmware/",
                "/ca/..%2fhub.pem",
                "/ca/hub.pem%00",
                "/ca/hub%00.pem",
                "/ca/hub.pem/..",
                "/%252e%252e/etc/passwd",
                "/;/etc/passwd",
                "/b/508G/;" + MAC + ".cfg",
                "/p/%2e%2e/0/1/profile.cfg",
                "/p/*/0/1/profile.cfg",
                "/p/' or '1'='1/0/1/profile.cfg",
                "/p/%27%20or%201=1/0/1/profile.cfg",
                "/WEB-INF/web.xml",
                "/%uff0e%uff0e/x",
                "/a%0d%0aX-Injected:%20" + CANARY,
                "/a%0aSet-Cookie:%20" + CANARY
            })
    void path_ofTricks_isNoFile(String path) throws IOException {
        for (Door door : new Door[] {Door.HTTP, Door.HTTPS, Door.LEGACY}) {
            String answer = door.get(hub, path, "");

            assertThat(answer).as(door + path).matches("(?s)HTTP/1[.]1 (400|404) .*\r\n\r\n");
            assertSilent(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://h/spa508G.cfg", "//spa508G.cfg", "////spa508G.cfg", "/spa508G.cfg?a=b", "/SPA508g.CFG"})
    void path_inAnotherForm_isTheSameName(String path) throws IOException {
        assertThat(Door.HTTP.get(hub, path, "")).isEqualTo(Door.HTTP.get(hub, "/spa508G.cfg", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://" + CANARY + "/spa508G.cfg", "http://127.0.0.1:1/spa508G.cfg", "https://h/spa508G.cfg"})
    void path_ofAnotherHost_isNeverFetched(String uri) throws IOException {
        String answer = Door.HTTP.get(hub, uri, "");

        assertSilent(answer);
        assertThat(answer).matches("(?s)HTTP/1[.]1 (200|400) .*");
    }

    @ParameterizedTest
    @EnumSource(value = Door.class, names = "API", mode = EnumSource.Mode.EXCLUDE)
    void body_largerThanAnyReport_isNotWaitedFor(Door door) throws IOException {
        String answer = door.begin(
                hub, "POST /unknown HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\n" + "x".repeat(100_000));

        assertThat(answer).startsWith("HTTP/1.1 4").endsWith("\r\n\r\n");
        assertThat(answers(answer)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Door.class, names = "API", mode = EnumSource.Mode.EXCLUDE)
    void body_thatWouldWaitForAWord_isNotAskedFor(Door door) throws IOException {
        String answer = door.begin(
                hub, "PUT /unknown HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4");
    }

    @Test
    void order_inChunksWithoutEnd_isRefusedAtItsLimit() throws IOException {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";

        String answer = Door.API.begin(
                hub,
                "POST /tmf-api/serviceOrdering/v4/serviceOrder HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                        + hub.token() + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(40));

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertSilent(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void deviceEdit_tooLarge_isRefused(String method) throws Exception {
        HttpResponse<String> answer =
                hub.send(method, "/api/v1/devices/" + MAC, "{\"serial\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":[", "\"", "[{\"a\":"})
    void json_nestedDeep_isRefusedWithoutATrace(String piece) throws Exception {
        String deep = piece.repeat(100_000);

        HttpResponse<String> order = hub.order(deep);
        HttpResponse<String> edit = hub.send("PATCH", "/api/v1/devices/" + MAC, deep);

        assertThat(order.statusCode()).isBetween(400, 499);
        assertThat(edit.statusCode()).isBetween(400, 499);
        assertSilent(order.body() + edit.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
                "<?xml version=\"1.0\"?><!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r/>"
            })
    void xml_inAnyBody_isReadByNobody(String xml) throws Exception {
        for (Door door : new Door[] {Door.HTTP, Door.HTTPS, Door.LEGACY}) {
            String answer = door.exchange(
                    hub,
                    "POST /spa508G.cfg HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: text/xml\r\nContent-Length: "
                            + xml.length() + "\r\n\r\n" + xml);
            assertThat(withoutDate(answer)).isEqualTo(door.get(hub, "/spa508G.cfg", ""));
        }
        for (String path : new String[] {"/tmf-api/serviceOrdering/v4/serviceOrder", "/api/v1/imports"}) {
            HttpResponse<String> answer = hub.post(path, "text/xml", xml);
            assertThat(answer.body()).doesNotContain("root:");
        }
    }

    private static String withoutDate(String answer) {
        return dev.provhub.listen.RawHttp.withoutDate(answer);
    }

    @Test
    void answer_toAHostileRequest_leavesTheHubAsItWas() throws Exception {
        assertThat(hub.get("/health/ready").statusCode()).isEqualTo(200);
    }
}
