package dev.provhub.sealing.dataformat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.sealing.KeyDigest;
import dev.provhub.sealing.OpenSslContainer;
import java.nio.charset.StandardCharsets;
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
                        gzipDeflater: {}
                    - marshal:
                        custom:
                          ref: opensslEnc
            - route:
                id: encode
                from:
                  uri: direct
                  parameters:
                    name: encode
                  steps:
                    - marshal:
                        custom:
                          ref: aes128gcm
            - route:
                id: decode
                from:
                  uri: direct
                  parameters:
                    name: decode
                  steps:
                    - unmarshal:
                        custom:
                          ref: aes128gcm
            - route:
                id: write
                from:
                  uri: direct
                  parameters:
                    name: write
                  steps:
                    - marshal:
                        custom:
                          ref: flatProfile
            - route:
                id: read
                from:
                  uri: direct
                  parameters:
                    name: read
                  steps:
                    - unmarshal:
                        custom:
                          ref: flatProfile
            - beans:
                - name: modern
                  type: dev.provhub.sealing.dataformat.OpenSslEncDataFormat
                  properties:
                    digest: sha256
            - route:
                id: modern
                from:
                  uri: direct
                  parameters:
                    name: modern
                  steps:
                    - marshal:
                        custom:
                          ref: modern
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
                        gzipDeflater: {}
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void load() throws Exception {
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

    @Test
    void aes128gcm_withKeyingMaterial_opensAgainAndNothingElseOpensIt() {
        Map<String, Object> key = Map.of(SealingProperties.KEY, "yqdlZ-tYemfogSmv7Ws5PQ");

        byte[] sealed =
                send("direct:encode", "profile", key, Map.of()).getMessage().getBody(byte[].class);

        assertThat(send("direct:decode", sealed, key, Map.of()).getMessage().getBody(String.class))
                .isEqualTo("profile");
        Map<String, Object> other = Map.of(SealingProperties.KEY, "AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(send("direct:decode", sealed, other, Map.of()).getException())
                .hasMessage("the aes128gcm body does not open");
        Map<String, Object> bad = Map.of(SealingProperties.KEY, "no base64!");
        assertThat(send("direct:encode", "profile", bad, Map.of()).getException())
                .hasMessageContaining("is not base64url")
                .hasMessageNotContaining("no base64!");
        assertThat(send("direct:encode", "profile", Map.of(), Map.of()).getException())
                .hasMessage("aes128gcm needs the exchange property hubSealingKey");
    }

    @Test
    void opensslEnc_digestAsAnOption_isTaken() {
        byte[] sealed = send("direct:modern", "profile", Map.of(SealingProperties.KEY, "k"), Map.of())
                .getMessage()
                .getBody(byte[].class);

        assertThat(OpenSslContainer.open(sealed, "k", KeyDigest.SHA256))
                .asString()
                .isEqualTo("profile");
    }

    @Test
    void flatProfile_aMap_isWrittenAndReadBack() {
        Map<String, String> values = Map.of("Station_Name", "A & B", "router-configuration/SNMP/Enable", "0");

        String xml =
                send("direct:write", values, Map.of(), Map.of()).getMessage().getBody(String.class);

        assertThat(xml).contains("<Station_Name>A &amp; B</Station_Name>\n", "<SNMP>\n<Enable>0</Enable>");
        assertThat(send("direct:read", xml, Map.of(), Map.of()).getMessage().getBody())
                .isEqualTo(values);
        assertThat(send("direct:write", Map.of("a><b", ""), Map.of(), Map.of()).getException())
                .hasMessage("'a><b' is no name of a parameter");
        assertThat(send("direct:read", "<flat-profile><a>", Map.of(), Map.of()).getException())
                .hasMessageContaining("not well-formed");
    }
}
