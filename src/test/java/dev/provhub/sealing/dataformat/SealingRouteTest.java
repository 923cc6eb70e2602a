package dev.provhub.sealing.dataformat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.sealing.KeyDigest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data formats as a route file names them. */
class SealingRouteTest {
    private static final String ROUTE = """
            - route:
                id: seal
                from:
                  uri: direct
                  parameters:
                    name: seal
                  steps:
                    - marshal:
                        custom:
                          ref: gzip
                    - marshal:
                        custom:
                          ref: opensslEnc
            - route:
                id: open
                from:
                  uri: direct
                  parameters:
                    name: open
                  steps:
                    - unmarshal:
                        custom:
                          ref: opensslEnc
                    - unmarshal:
                        custom:
                          ref: gzip
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void load() throws Exception {
        context.getRegistry().bind("gzip", new GzipDataFormat());
        context.getRegistry().bind("opensslEnc", new OpenSslDataFormat(new SecureRandom()));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("seal.camel.yaml", ROUTE));
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(String to, Object body, Map<String, Object> properties, Map<String, Object> headers) {
        return template.request(to, exchange -> {
            properties.forEach(exchange::setProperty);
            exchange.getMessage().setHeaders(headers);
            exchange.getMessage().setBody(body);
        });
    }

    @Test
    void marshal_withKeyAndDigest_opensAgain() {
        Map<String, Object> key = Map.of(SealingProperties.KEY, "k", SealingProperties.DIGEST, KeyDigest.SHA256);

        byte[] sealed =
                send("direct:seal", "profile", key, Map.of()).getMessage().getBody(byte[].class);

        assertThat(sealed).startsWith("Salted__".getBytes(StandardCharsets.US_ASCII));
        assertThat(send("direct:open", sealed, key, Map.of()).getMessage().getBody(String.class))
                .isEqualTo("profile");
    }

    @Test
    void marshal_withoutKey_failsAndLetsNothingThrough() {
        Exchange exchange = send("direct:seal", "profile", Map.of(SealingProperties.DIGEST, KeyDigest.MD5), Map.of());

        assertThat(exchange.getException()).hasMessageContaining(SealingProperties.KEY);
    }

    @Test
    void marshal_keyInAHeader_isNotTaken() {
        Exchange exchange = send(
                "direct:seal",
                "profile",
                Map.of(SealingProperties.DIGEST, KeyDigest.MD5),
                Map.of(SealingProperties.KEY, "sent by a phone"));

        assertThat(exchange.getException()).isNotNull();
    }
}
