package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.provhub.order.event.CallbackRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LentConnectionsTest {
    private final AtomicInteger posts = new AtomicInteger();
    private HttpServer listener;
    private String url;

    @BeforeEach
    void listen() throws Exception {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            posts.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        url = "http://127.0.0.1:" + listener.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        listener.stop(0);
    }

    @Test
    void endpointsOfTwoContexts_postThroughThem_alsoAfterOneContextHasStopped() throws Exception {
        try (PoolingHttpClientConnectionManager owned =
                EventConnections.of(new CallbackRules(List.of(URI.create(url))))) {
            LentConnections lent = new LentConnections(owned);
            for (int edition = 1; edition <= 2; edition++) {
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    context.getRegistry().bind("eventConnections", lent);
                    context.start();
                    context.createProducerTemplate()
                            .sendBody(url + "/events?clientConnectionManager=#eventConnections", "{}");
                }
                assertThat(posts).hasValue(edition);
            }
        }
    }
}
