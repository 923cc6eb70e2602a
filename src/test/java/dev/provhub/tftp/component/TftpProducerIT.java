package dev.provhub.tftp.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends of the component with each other: files read and written by a producer, and what a route's life means for it. */
class TftpProducerIT {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        context.getRegistry().bind("counts", (dev.provhub.tftp.server.TransferListener)
                report -> ended.merge(report.outcome().name(), 1, Integer::sum));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (boolean single : new boolean[] {true, false}) {
                    from("tftp:127.0.0.1:0?allowWrite=true&transferListener=#counts&singlePort=" + single)
                            .routeId(single ? "single" : "own")
                            .process(exchange -> {
                                String name = exchange.getIn().getHeader(TftpConstants.FILE_NAME, String.class);
                                if (exchange.getIn().getHeader(TftpConstants.WRITE) != null) {
                                    files.put(name, exchange.getIn().getBody(byte[].class));
                                } else {
                                    exchange.getMessage().setBody(files.get(name));
                                }
                            });
                }
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private TftpConsumer consumer(String route) {
        return (TftpConsumer) context.getRoute(route).getConsumer();
    }

    private String server(String route) {
        return "tftp:127.0.0.1:" + consumer(route).getBoundPort();
    }

    @ParameterizedTest
    @CsvSource({"single,0", "single,1", "single,512", "single,513", "single,100000", "own,0", "own,512", "own,100000"})
    void putThenGet_giveTheSameBytes(String route, int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        template.sendBody(server(route) + "/reports/x?operation=put", bytes);
        assertThat(files.get("reports/x")).isEqualTo(bytes);
        byte[] got = template.requestBodyAndHeader(
                server(route) + "/none", null, TftpConstants.FILE_NAME, "reports/x", byte[].class);

        assertThat(got).isEqualTo(bytes);
    }

    @Test
    void errorOfTheServer_hasItsCode() {
        assertThatThrownBy(() -> template.requestBody(server("single") + "/none", (Object) null))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(TftpErrorException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(1));
    }

    @Test
    void fileLargerThanAllowed_isNotHeld() {
        files.put("x", new byte[5000]);

        assertThatThrownBy(() -> template.requestBody(server("own") + "/x?maxReadBytes=4999", (Object) null))
                .hasRootCauseMessage("file is larger than 4999 bytes");
    }

    @Test
    void serverThatIsSilent_isATimeout() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            String uri = "tftp:127.0.0.1:" + silent.getLocalPort() + "/x?requestTimeout=50&maxRetransmissions=2";

            assertThatThrownBy(() -> template.requestBody(uri, (Object) null))
                    .hasCauseInstanceOf(TftpTimeoutException.class);
        }
    }

    @Test
    void suspendedRoute_refusesClearly_andTakesAgainWhenResumed() throws Exception {
        files.put("x", new byte[10]);
        context.getRouteController().suspendRoute("single");

        assertThatThrownBy(() -> template.requestBody(server("single") + "/x", (Object) null))
                .cause()
                .isInstanceOfSatisfying(TftpErrorException.class, refused -> assertThat(refused.getCode())
                        .isZero());
        context.getRouteController().resumeRoute("single");
        assertThat(template.requestBody(server("single") + "/x", (Object) null)).isEqualTo(new byte[10]);
    }

    @Test
    void health_isOfTheListener_andTransfersAreHeardOf() {
        HealthCheck check = consumer("single").getHealthCheck();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        files.put("x", new byte[10]);
        template.requestBody(server("single") + "/x", (Object) null);
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ended).containsEntry("COMPLETED", 1));
    }

    @Test
    void ipv6_isServedFromTheAddressThatWasAsked() throws Exception {
        files.put("x", new byte[10]);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("tftp:[::1],127.0.0.1:0").routeId("both").process(exchange -> exchange.getMessage()
                        .setBody(files.get("x")));
            }
        });
        for (String address : new String[] {"::1", "127.0.0.1"}) {
            try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(address))) {
                client.setSoTimeout(10_000);
                byte[] request = "\0\1x\0octet\0".getBytes(ISO_8859_1);
                InetSocketAddress asked =
                        new InetSocketAddress(address, consumer("both").getBoundPort());
                client.send(new DatagramPacket(request, request.length, asked));
                DatagramPacket answer = new DatagramPacket(new byte[600], 600);
                client.receive(answer);
                assertThat(answer.getSocketAddress()).isEqualTo(asked);
                client.send(new DatagramPacket(new byte[] {0, 4, 0, 1}, 4, asked));
            }
        }
    }
}
