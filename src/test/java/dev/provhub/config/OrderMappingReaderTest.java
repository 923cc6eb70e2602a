package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderMappingReaderTest {
    private static final String GOOD = """
            fields:
              macAddress: { names: [MAC, mac_addr], required: yes }
              deviceModel: { required: yes }
              sipUser: { names: user, required: yes }
              sipPassword: { required: yes }
              sipDomain: { default: sip.example.net }
            """;

    @TempDir
    private Path folder;

    @Test
    void read_shippedFile_knowsEveryFieldByItsName() {
        OrderMapping mapping = OrderMappingReader.read(Path.of("config/order-mapping.yaml"));
        assertThat(mapping.names())
                .containsExactlyElementsOf(Arrays.stream(OrderField.values())
                        .filter(field -> field.isNamed())
                        .map(OrderField::wireName)
                        .toList());
        assertThat(mapping.unknownNamesAllowed()).isTrue();
        assertThat(mapping.defaultOf(OrderField.ACTION)).contains("add");
        assertThat(mapping.defaultOf(OrderField.LINE_NUMBER)).contains("1");
    }

    @Test
    void read_ownNames_areTaken() throws IOException {
        OrderMapping mapping = OrderMappingReader.read(file(GOOD + "unknownNames: refuse\n"));
        assertThat(mapping.field("Mac_Addr")).contains(OrderField.MAC_ADDRESS);
        assertThat(mapping.field(" user ")).contains(OrderField.SIP_USER);
        assertThat(mapping.field("macAddress")).isEmpty();
        assertThat(mapping.field("plan")).isEmpty();
        assertThat(mapping.nameOf(OrderField.MAC_ADDRESS)).isEqualTo("MAC");
        assertThat(mapping.unknownNamesAllowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'  color: {}'                      | :7: 'color' is not a field; allowed: macAddress",
                "'  plan: { must: yes }'            | 'must' is not known here; allowed: convert, default, generate, names, required",
                "'  plan: { required: perhaps }'    | :7: 'perhaps' is neither yes nor no",
                "'  plan: { names: [USER] }'        | 'USER' stands for both sipUser and plan",
                "'  plan: { names: [] }'            | 'plan' has no name",
                "'  sipTransport: { default: SCTP }' | the default of 'sipTransport' is not allowed: UDP, TCP or TLS",
                "'unknownNames: keep'               | :7: 'keep' is not one of ignore, refuse",
                "'more: 1'                          | 'more' is not known here; allowed: fields, json, settings, unknownNames"
            })
    void read_mistake_isNamedWithFileAndLine(String line, String message) throws IOException {
        Path file = file(GOOD + line + "\n");
        assertThatThrownBy(() -> OrderMappingReader.read(file))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining(message);
    }

    @Test
    void read_essentialFieldOptional_isRefused() throws IOException {
        Path file = file(GOOD.replace("deviceModel: { required: yes }", "deviceModel: {}"));
        assertThatThrownBy(() -> OrderMappingReader.read(file))
                .hasMessageContaining("'deviceModel' must be required or have a default: no line works without it");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("order-mapping.yaml"), text);
    }
}
