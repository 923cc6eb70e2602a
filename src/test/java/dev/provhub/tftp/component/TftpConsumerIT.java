package dev.provhub.tftp.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route may leave behind, and what the client hears of it. */
class TftpConsumerIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger ends = new AtomicInteger();
    private DefaultCamelContext context;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (String uri :
                        List.of("serve,", "few,&poolSize=1&answerTimeout=300", "only,&exchangePattern=InOnly")) {
                    String id = uri.substring(0, uri.indexOf(','));
                    from("tftp:127.0.0.1:0?allowWrite=true" + uri.substring(id.length() + 1))
                            .routeId(id)
                            .process(exchange -> {
                                String name = exchange.getIn().getHeader(TftpConstants.FILE_NAME, String.class);
                                seen.add(name + " " + exchange.getPattern());
                                exchange.setProperty(TftpConstants.WHEN_SENT, (Runnable) ends::incrementAndGet);
                                exchange.getMessage().setBody("x");
                                switch (name) {
                                    case "wrong-code" ->
                                        exchange.getMessage().setHeader(TftpConstants.ERROR_CODE, "none");
                                    case "code-9" -> exchange.getMessage().setHeader(TftpConstants.ERROR_CODE, 9);
                                    case "nothing" -> exchange.getMessage().setBody(null);
                                    case "fails" -> throw new IllegalStateException("secret");
                                    case "rolled-back" -> exchange.setRollbackOnly(true);
                                    case "no-content" -> exchange.getMessage().setBody(new Object());
                                    case "slow" -> gate.await();
                                    default -> {}
                                }
                            });
                }
            }
        });
        context.start();
    }

    private DefaultHealthCheckRegistry registry() {
        DefaultHealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
        registry.setExposureLevel("full");
        registry.register(registry.resolveById("consumers"));
        return registry;
    }

    @AfterEach
    void stop() {
        gate.countDown();
        context.stop();
    }

    private DatagramSocket client() throws Exception {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        client.setSoTimeout(15_000);
        return client;
    }

    private void send(DatagramSocket client, String route, String latin1) throws Exception {
        int port = ((TftpConsumer) context.getRoute(route).getConsumer()).getBoundPort();
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        client.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
    }

    private static String receive(DatagramSocket client) throws Exception {
        DatagramPacket answer = new DatagramPacket(new byte[600], 600);
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), ISO_8859_1);
    }

    private String ask(String route, String name) throws Exception {
        try (DatagramSocket client = client()) {
            send(client, route, "\0\1" + name + "\0octet\0");
            String answer = receive(client);
            if (answer.startsWith("\0\3")) {
                send(client, route, "\0\4\0\1");
            }
            return answer;
        }
    }

    private String write(String route, String name) throws Exception {
        try (DatagramSocket client = client()) {
            send(client, route, "\0\2" + name + "\0octet\0");
            assertThat(receive(client)).isEqualTo("\0\4\0\0");
            send(client, route, "\0\3\0\1abc");
            return receive(client);
        }
    }

    /** Before the client has waited for its answer in vain. */
    @ParameterizedTest
    @CsvSource({"wrong-code,0", "code-9,0", "nothing,1", "fails,0", "rolled-back,0", "no-content,0"})
    void read_thatIsNoFile_isAnErrorAtOnce_andItsEndIsToldOnce(String name, int code) throws Exception {
        assertThat(ask("serve", name)).startsWith("\0\5\0" + (char) code).doesNotContain("secret");

        await().atMost(SOON).untilAsserted(() -> assertThat(ends).hasValue(1));
    }

    @Test
    void read_thatIsAFile_tellsItsEndOnce() throws Exception {
        assertThat(ask("serve", "f")).isEqualTo("\0\3\0\1x");

        await().atMost(SOON).untilAsserted(() -> assertThat(ends).hasValue(1));
    }

    @ParameterizedTest
    @CsvSource({"wrong-code,0", "nothing,2", "fails,0", "rolled-back,0"})
    void write_thatIsNotTaken_isAnError(String name, int code) throws Exception {
        assertThat(write("serve", name)).startsWith("\0\5\0" + (char) code).doesNotContain("secret");
    }

    /** A queue of requests whose clients have given up is not worked through, or nobody is served in time any more. */
    @Test
    void requests_thatNobodyWaitsForAnyMore_runNoRoute() throws Exception {
        assertThat(ask("few", "slow")).isEqualTo("\0\5\0\0Server error\0");
        assertThat(ask("few", "late-1")).isEqualTo("\0\5\0\0Server error\0");
        assertThat(write("few", "late-2")).isEqualTo("\0\5\0\0Server error\0");
        gate.countDown();

        await().atMost(SOON).untilAsserted(() -> assertThat(ask("few", "f")).isEqualTo("\0\3\0\1x"));
        assertThat(seen).noneMatch(name -> name.startsWith("late"));
    }

    @Test
    void slowRoute_holdsOneThread_andOthersAreServed() throws Exception {
        try (DatagramSocket slow = client()) {
            send(slow, "serve", "\0\1slow\0octet\0");
            await().atMost(SOON).until(() -> seen.contains("slow InOut"));

            assertThat(ask("serve", "f")).isEqualTo("\0\3\0\1x");

            gate.countDown();
            assertThat(receive(slow)).isEqualTo("\0\3\0\1x");
        }
    }

    @Test
    void exchangePattern_isInOut_orWhatTheRouteSays() throws Exception {
        assertThat(ask("serve", "f")).isEqualTo("\0\3\0\1x");
        assertThat(ask("only", "g")).isEqualTo("\0\3\0\1x");

        assertThat(seen).containsExactly("f " + ExchangePattern.InOut, "g " + ExchangePattern.InOnly);
    }

    @Test
    void health_isAmongTheConsumersOfCamel() {
        List<HealthCheck.Result> results = List.copyOf(HealthCheckHelper.invoke(context));

        assertThat(results)
                .filteredOn(result -> result.getDetails().containsKey("port"))
                .extracting(HealthCheck.Result::getState)
                .containsExactly(HealthCheck.State.UP, HealthCheck.State.UP, HealthCheck.State.UP);
    }
}
