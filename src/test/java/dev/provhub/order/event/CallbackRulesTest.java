package dev.provhub.order.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackRulesTest {
    private static final CallbackRules RULES = new CallbackRules(
            List.of(URI.create("http://oss.internal:9000/events"), URI.create("http://127.0.0.1:8000")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oss.example.net/events?token=x",
                "https://8.8.8.8:8443/a",
                "https://[2a00:1450:4001:81b::200e]/",
                "http://oss.internal:9000/events",
                "http://OSS.internal:9000/events/north",
                "http://127.0.0.1:8000/anything",
                "https://oss.example.net/events/a..b/c%20d?next=%2Fx",
                "https://oss.example.net/events/stra%C3%9Fe?town=K%C3%B6ln"
            })
    void objection_publicOrAllowed_isNone(String callback) {
        assertThat(RULES.objection(callback)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://oss.example.net/events",
                "http://oss.internal:9000/events/%c0%ae%c0%ae/a",
                "https://oss.example.net/%c0%af",
                "https://oss.example.net/%e0%80%ae",
                "https://oss.example.net/%ff",
                "https://oss.example.net/%ed%a0%80",
                "https://oss.example.net/events?town=K%F6ln",
                "https://oss.example.net/%4",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://a.localhost./",
                "https://10.1.2.3/",
                "https://192.168.0.1/",
                "https://172.31.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://127.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://user:pw@oss.example.net/",
                "https://oss.example.net/#x",
                "https:///events",
                "ftp://oss.example.net/",
                "file:///etc/passwd",
                "http://oss.internal:9000/eventsandmore",
                "http://oss.internal:9000/events/../admin",
                "http://oss.internal:9000/events/%2e%2e/admin",
                "http://oss.internal:9000/events/..%2fadmin",
                "http://oss.internal:9000/events/..;/admin",
                "http://oss.internal:9000/events/.;x/../admin",
                "http://oss.internal:9000/events/%252e%252e/admin",
                "http://oss.internal:9000/events/..%5cadmin",
                "http://oss.internal:9001/events",
                "https://oss.internal/events",
                "http://127.0.0.1:8001/",
                "not a url",
                ""
            })
    void objection_anythingElse_saysWhatIsAllowed(String callback) {
        assertThat(RULES.objection(callback)).isPresent();
    }

    @Test
    void shown_pathsAreToldApartWithoutTokens() {
        assertThat(CallbackRules.shown("https://oss.example.net:8443/events/oss-1?token=abc"))
                .isEqualTo("https://oss.example.net:8443/events/…?…");
        assertThat(CallbackRules.shown("http://127.0.0.1:9000/tmf/v4/one"))
                .isEqualTo("http://127.0.0.1:9000/tmf/v4/one");
        assertThat(CallbackRules.shown("https://me:secret@oss.example.net/a")).isEqualTo("https://oss.example.net/a");
        assertThat(CallbackRules.shown("nonsense")).isEqualTo("…");
    }

    @Test
    void normal_sameListener_isTheSame() {
        assertThat(CallbackRules.normal("HTTP://OSS.example.net:09000/a?b=C"))
                .isEqualTo(CallbackRules.normal("http://oss.example.net:9000/a?b=C"));
        assertThat(CallbackRules.normal("https://oss.example.net"))
                .isEqualTo(CallbackRules.normal("https://oss.example.net:443/"));
        assertThat(CallbackRules.normal("https://oss.example.net/A"))
                .isNotEqualTo(CallbackRules.normal("https://oss.example.net/a"));
    }

    @Test
    void objection_tooLong_saysHowLongItMayBe() {
        assertThat(new CallbackRules(List.of()).objection("https://oss.example.net/" + "x".repeat(2000)))
                .contains("at most 2000 characters");
    }

    @Test
    void isPublic_edgesOfRanges_areOnTheRightSide() throws Exception {
        for (String open : List.of(
                "9.255.255.255",
                "11.0.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "223.255.255.255",
                "198.17.0.1",
                "198.20.0.1",
                "2001:200::1",
                "2a00::1")) {
            assertThat(CallbackRules.isPublic(InetAddress.getByName(open)))
                    .as(open)
                    .isTrue();
        }
        for (String closed : List.of(
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "198.19.255.1",
                "203.0.113.9",
                "192.0.2.1",
                "192.0.0.1",
                "2001:db8::1",
                "2001:0:1::",
                "3fff::1",
                "ff02::1",
                "::",
                "4000::1")) {
            assertThat(CallbackRules.isPublic(InetAddress.getByName(closed)))
                    .as(closed)
                    .isFalse();
        }
    }
}
