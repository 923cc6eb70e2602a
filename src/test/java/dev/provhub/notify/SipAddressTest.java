package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, , ",
        "192.0.2.7:5060, 192.0.2.7, 5060, ",
        "sip.example.net:5070;transport=tcp, sip.example.net, 5070, TCP",
        "proxy-1;transport=udp, proxy-1, , UDP",
        "[2001:db8::7]:5061, [2001:db8::7], 5061, ",
        "[::1], [::1], , "
    })
    void find_whatIsAllowed_isRead(String text, String host, Integer port, SipTransport transport) {
        SipAddress address = SipAddress.find(text).orElseThrow();

        assertThat(address).isEqualTo(new SipAddress(host, port, transport));
        assertThat(address).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "h:0",
                "h:65536",
                "h:123456",
                "h:",
                ":5060",
                "2001:db8::7",
                "[2001:db8::7",
                "user@host",
                "sip:host",
                "host;transport=tls",
                "host;x=y",
                "host?a=b",
                "host/path",
                "-host",
                "host-",
                "ho_st",
                "h\r\nEvil: 1",
                "h\n",
                "ho st",
                "${x}",
                "höst"
            })
    void find_whatIsNot_isNone(String text) {
        assertThat(SipAddress.find(text)).isEmpty();
    }

    @Test
    void find_endlessName_isNoneAndSoon() {
        assertThat(SipAddress.find("a.".repeat(5000))).isEmpty();
        assertThat(SipAddress.find("a-".repeat(140) + "!")).isEmpty();
    }
}
