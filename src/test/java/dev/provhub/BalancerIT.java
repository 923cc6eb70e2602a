package dev.provhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.listen.RawHttp;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a balancer: for whom it asks goes into the device log when it is trusted, and changes nothing else. */
class BalancerIT {
    /** What the device log has as the address of the request for this name. */
    private static String logged(HubUnderTest hub, String name) {
        String[] found = {""};
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Connection connection =
                            DriverManager.getConnection(hub.config().database().url(), "hub", "");
                    PreparedStatement query =
                            connection.prepareStatement("select remote_address from device_event where what = ?")) {
                query.setString(1, name);
                ResultSet rows = query.executeQuery();
                if (rows.next()) {
                    found[0] = rows.getString(1);
                    return true;
                }
                return false;
            }
        });
        return found[0];
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ByDefault {
        private HubUnderTest hub;

        @BeforeAll
        void start(@TempDir Path folder) {
            hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        }

        @AfterAll
        void stop() {
            hub.close();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: 203.0.113.9",
                    "Forwarded: for=203.0.113.9",
                    "X-Real-IP: 203.0.113.9",
                    "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 1"
                })
        void forwardedHeader_isNotBelieved(String header) throws Exception {
            String name = "/unknown-" + Math.abs(header.hashCode());

            Door.HTTP.get(hub, name, header + "\r\n");

            assertThat(logged(hub, name)).startsWith("127.0.0.1:");
        }

        @Test
        void proxyHeader_isNoRequest() throws Exception {
            String answer = Door.HTTP.exchange(
                    hub, "PROXY TCP4 203.0.113.9 127.0.0.1 1 2\r\nGET /spa508G.cfg HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(answer).doesNotContain("flat-profile");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Trusted {
        private HubUnderTest hub;

        @BeforeAll
        void start(@TempDir Path folder) {
            hub = HubUnderTest.start(
                    folder.resolve("data"), Map.of("hub.trusted-proxies", "127.0.0.0/8, 10.0.0.7, 2001:db8::/32"));
        }

        @AfterAll
        void stop() {
            hub.close();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                X-Forwarded-For: 203.0.113.9                            | 203.0.113.9
                X-Forwarded-For: 198.51.100.1, 203.0.113.9, 10.0.0.7    | 203.0.113.9
                X-Forwarded-For: 198.51.100.1;X-Forwarded-For: 203.0.113.9 | 203.0.113.9
                X-Forwarded-For: 2001:db9::1                            | [2001:db9:0:0:0:0:0:1]
                X-Forwarded-For: [2001:db9::1]                          | [2001:db9:0:0:0:0:0:1]
                X-Forwarded-For: 203.0.113.9, 2001:db8::5               | 203.0.113.9
                X-Forwarded-For: 10.0.0.7                               | 10.0.0.7
                X-Forwarded-For: localhost, 10.0.0.7                    | 10.0.0.7
                """)
        void forwardedFor_givesTheLastThatIsNotABalancer(String headers, String logged) throws Exception {
            String name = "/unknown-" + Math.abs(headers.hashCode());

            Door.HTTP.get(hub, name, headers.replace(";", "\r\n") + "\r\n");

            assertThat(logged(hub, name)).isEqualTo(logged);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: localhost",
                    "X-Forwarded-For: unknown",
                    "X-Forwarded-For: 203.0.113.9:80",
                    "X-Forwarded-For: 1.2.3.4' or 1=1",
                    "X-Forwarded-For: ",
                    "Forwarded: for=203.0.113.9",
                    "X-Real-IP: 203.0.113.9"
                })
        void anythingElse_isNotBelieved(String header) throws Exception {
            String name = "/unknown-" + Math.abs(header.hashCode());

            Door.HTTP.get(hub, name, header + "\r\n");

            assertThat(logged(hub, name)).startsWith("127.0.0.1");
        }

        @ParameterizedTest
        @EnumSource(value = Door.class, names = "API", mode = EnumSource.Mode.EXCLUDE)
        void certificateInAHeader_isNoProofNotEvenFromABalancer(Door door) throws Exception {
            String answer = door.get(
                    hub,
                    "/b/508G/0002fdff2103.cfg",
                    "X-Forwarded-Proto: https\r\nX-SSL-Client-Verify: SUCCESS\r\n"
                            + "SSL_CLIENT_S_DN: OU=SPA508G,L=CBT141400UK,ST=0002fdff2103\r\nClient-Cert: :AA==:\r\n");

            assertThat(answer).startsWith("HTTP/1.1 404 ");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ProxyProtocol {
        private static final String REQUEST = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

        private HubUnderTest hub;

        @BeforeAll
        void start(@TempDir Path folder) {
            hub = HubUnderTest.start(
                    folder.resolve("data"), Map.of("hub.proxy-protocol", "true", "hub.header-timeout", "1"));
        }

        @AfterAll
        void stop() {
            hub.close();
        }

        @ParameterizedTest
        @CsvSource({
            "PROXY TCP4 203.0.113.9 127.0.0.1 5555 8080, 203.0.113.9:5555",
            "PROXY TCP6 2001:db9::1 ::1 5555 8080, [2001:db9:0:0:0:0:0:1]:5555",
            "PROXY UNKNOWN, 127.0.0.1:"
        })
        void version1_saysForWhomItAsks(String header, String logged) throws Exception {
            String name = "/unknown-" + Math.abs(header.hashCode());

            String answer = Door.HTTP.exchange(hub, header + "\r\nGET " + name + REQUEST);

            assertThat(answer).startsWith("HTTP/1.1 404 ");
            assertThat(logged(hub, name).replace("[", "").replace("]", ""))
                    .startsWith(logged.replace("[", "").replace("]", ""));
        }

        @ParameterizedTest
        @EnumSource(
                value = Door.class,
                names = {"HTTPS", "LEGACY"})
        void version2_beforeTls_saysForWhomItAsks(Door door) throws Exception {
            String name = "/unknown-" + door;
            try (Socket socket = new Socket("127.0.0.1", door.of(hub).port())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(version2());
                try (Socket tls = ((SSLSocketFactory) door.sockets()).createSocket(socket, "h", 443, true)) {
                    tls.getOutputStream().write(("GET " + name + REQUEST).getBytes(ISO_8859_1));

                    assertThat(RawHttp.readToEnd(tls)).startsWith("HTTP/1.1 404 ");
                }
            }

            assertThat(logged(hub, name)).isEqualTo("203.0.113.9:5555");
        }

        /** The twelve bytes of the signature, PROXY over TCP4, and two addresses and ports. */
        private static byte[] version2() {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            header.writeBytes(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10});
            header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
            header.writeBytes(new byte[] {(byte) 203, 0, 113, 9, 127, 0, 0, 1});
            header.writeBytes(new byte[] {(byte) (5555 >> 8), (byte) 5555, 0, 80});
            return header.toByteArray();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "PROXY TCP4 203.0.113.9 127.0.0.1 5555\r\n",
                    "PROXY TCP4 203.0.113.9 127.0.0.1 99999 8080\r\n"
                })
        void connectionWithoutAGoodHeader_isClosedWithoutAWord(String header) throws Exception {
            assertThat(Door.HTTP.exchange(hub, header + "GET /spa508G.cfg" + REQUEST))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "PROXY TCP4 203.0.113.9 127.0.0.1 5555 8080\r\nGET /"})
        void connection_thatDripsBeforeOrBehindItsHeader_isClosed(String beginning) throws Exception {
            try (Socket socket = new Socket("127.0.0.1", Door.HTTP.of(hub).port())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write((beginning + "PROXY").getBytes(ISO_8859_1));

                assertThat(RawHttp.readToEnd(socket)).doesNotContain("200");
            }
        }

        @Test
        void administration_isAskedWithoutHeader() throws Exception {
            assertThat(hub.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class ProxyProtocolFromOthers {
        @Test
        void header_fromAnAddressThatIsNotTrusted_isNoRequest(@TempDir Path folder) throws Exception {
            try (HubUnderTest hub = HubUnderTest.start(
                    folder.resolve("data"), Map.of("hub.proxy-protocol", "true", "hub.trusted-proxies", "10.0.0.7"))) {
                assertThat(Door.HTTP.exchange(
                                hub, "PROXY TCP4 1.2.3.4 127.0.0.1 1 2\r\nGET /rc HTTP/1.1\r\nHost: h\r\n\r\n"))
                        .doesNotContain("flat-profile");
                assertThat(Door.HTTP.get(hub, "/rc", "")).contains("<flat-profile>");
            }
        }
    }
}
