package dev.provhub.tftp.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URI means (RFC 3617 has the form with two slashes). */
class TftpComponentTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tftp:127.0.0.1:6969,127.0.0.1,6969,-,octet",
                "tftp:127.0.0.1,127.0.0.1,69,-,octet",
                "tftp::6969,0.0.0.0,6969,-,octet",
                "tftp:[::1]:6969/a,[::1],6969,a,octet",
                "tftp:[::1]/a,[::1],69,a,octet",
                "'tftp:[::1],127.0.0.1:6969','[::1],127.0.0.1',6969,-,octet",
                "tftp://phones.example/a/b,phones.example,69,a/b,octet",
                "tftp://phones.example:1069//a;mode=NetASCII,phones.example,1069,/a,netascii",
                "tftp://phones.example/a;mode=octet?mode=netascii,phones.example,69,a,netascii"
            })
    void uri_namesHostPortFileAndMode(String uri, String host, int port, String file, String mode) {
        TftpEndpoint endpoint = context.getEndpoint(uri, TftpEndpoint.class);
        TftpConfiguration configuration = endpoint.getConfiguration();

        assertThat(configuration.getHost()).isEqualTo(host);
        assertThat(configuration.getPort()).isEqualTo(port);
        assertThat(configuration.getFile()).isEqualTo(file);
        assertThat(configuration.getMode()).isEqualTo(mode);
        assertThat(endpoint.getServiceUrl()).isEqualTo(host + ":" + port);
        assertThat(endpoint.getServiceProtocol()).isEqualTo("tftp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tftp:h:port/f", "tftp:h:69/f?noSuchOption=1"})
    void uri_thatMeansNothing_isRefused(String uri) {
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasMessageContaining(uri.substring(5, 6));
    }

    @Test
    void configurationOfTheComponent_isWhereEndpointsBegin() {
        TftpConfiguration ours = new TftpConfiguration();
        ours.setMaxRetransmissions(2);
        ours.setPoolSize(3);
        context.getComponent("tftp", TftpComponent.class).setConfiguration(ours);

        TftpConfiguration one =
                context.getEndpoint("tftp:h/f?poolSize=4", TftpEndpoint.class).getConfiguration();

        assertThat(one.getMaxRetransmissions()).isEqualTo(2);
        assertThat(one.getPoolSize()).isEqualTo(4);
        assertThat(ours.getPoolSize()).as("a copy").isEqualTo(3);
        assertThat(ours.getFile()).isNull();
    }

    @Test
    void zeroByteInTheName_isNotSent() {
        context.start();
        assertThatThrownBy(() -> context.createProducerTemplate()
                        .requestBodyAndHeader(
                                "tftp:127.0.0.1:9/none", null, TftpConstants.FILE_NAME, "f\0octet\0blksize\u00009"))
                .hasRootCauseMessage("the name of the file holds a zero byte");
    }
}
