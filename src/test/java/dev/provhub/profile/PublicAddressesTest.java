package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.DeviceModel.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @Test
    void secureFor_legacyGeneration_isTheLegacyListenerWhereThereIsOne() {
        assertThat(TestSite.ADDRESSES.secureFor(Tls.LEGACY)).isEqualTo("https://old.example.net:8444");
        assertThat(TestSite.ADDRESSES.secureFor(Tls.MODERN)).isEqualTo("https://prov.example.net");
        assertThat(with("https://h:8443", null).secureFor(Tls.LEGACY)).isEqualTo("https://h:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h",
                "https://h/",
                "https://",
                "https://h h",
                "https://h?x",
                "https://u@h",
                "https://h|x",
                "HTTPS://h"
            })
    void new_malformedAddress_isRefused(String https) {
        assertThatThrownBy(() -> with(https, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("public address https '" + https
                        + "' is not of the form https://host[:port][/path], without a slash at the end");
    }

    @Test
    void new_ipv6Literal_isRefused() {
        assertThatThrownBy(() -> with("https://h", "https://[2001:db8::1]:8444"))
                .hasMessageContaining("IPv6 literal");
    }

    private static PublicAddresses with(String https, String legacy) {
        return new PublicAddresses("tftp://h:6969", "http://h:8080/x", https, legacy, "http://h:8081");
    }
}
