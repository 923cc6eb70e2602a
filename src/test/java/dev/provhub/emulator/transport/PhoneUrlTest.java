package dev.provhub.emulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneUrlTest {
    private static PhoneUrl url(String text) {
        return PhoneUrl.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.130/profiles/init.cfg, TFTP, 192.168.1.130, 69, /profiles/init.cfg",
        "http://h/a?b=1&c=2, HTTP, h, 80, /a?b=1&c=2",
        "https://h.example.net:8443//spa504G.cfg, HTTPS, h.example.net, 8443, //spa504G.cfg",
        "tftp://h, TFTP, h, 69, /",
        "http://h/p/d//1.2/profile.cfg, HTTP, h, 80, /p/d//1.2/profile.cfg"
    })
    void parse_urls_areCutIntoParts(String text, Scheme scheme, String host, int port, String path) {
        assertThat(url(text)).isEqualTo(new PhoneUrl(scheme, host, port, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "ftp://h/a",
                "HTTP://h/a",
                "http:///a",
                "http://h:0/a",
                "http://h:70000/a",
                "http://[::1]/a",
                "http://h/a\nb"
            })
    void parse_whatAPhoneCannotAsk_isEmpty(String text) {
        assertThat(PhoneUrl.parse(text)).isEmpty();
    }

    @Test
    void sibling_staysInTheDirectory() {
        assertThat(url("http://h/firmware/a.loads?x=/y").sibling("b.sbn").path())
                .isEqualTo("/firmware/b.sbn");
        assertThat(url("http://h/firmware/a.loads?x=/y").fileName()).isEqualTo("a.loads");
    }

    @Test
    void masked_unguessableDirectory_isCutShort() {
        assertThat(url("http://h:8080/p/abcdefghij234567abcdefghij/4.9f/7.5.2b/profile.cfg")
                        .masked())
                .isEqualTo("http://h:8080/p/abcd.../4.9f/7.5.2b/profile.cfg");
        assertThat(url("http://h/firmware/sip88xx.12-0-7MPP0201-66.loads").masked())
                .isEqualTo("http://h/firmware/sip88xx.12-0-7MPP0201-66.loads");
    }
}
