package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void contains_address_byItsFirstBits(String range, String address, boolean inside) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "::/129",
                "10.0.0",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "a.b.c.d"
            })
    void parse_whatIsNoRange_isRefused(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.1",
                "1.2.3.4.5",
                "unknown",
                "_hidden",
                "[::1]",
                "1.2.3.4:80",
                "fe80::1%eth0",
                ""
            })
    void literal_whatIsNoAddress_isNeverLookedUp(String text) {
        assertThat(AddressRange.literal(text)).isEmpty();
    }
}
