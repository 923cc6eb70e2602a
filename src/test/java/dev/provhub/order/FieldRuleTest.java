package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldRuleTest {
    @ParameterizedTest
    @CsvSource({
        "macAddress, 00:0E:08:AA:BB:CC, 000e08aabbcc",
        "macAddress, 000e.08aa.bbcc, 000e08aabbcc",
        "lineNumber, 08, 8",
        "directoryNumber, +49 (89) 123-456, +49 (89) 123-456",
        "displayName, 'Zoë, Empfang', 'Zoë, Empfang'",
        "sipUser, 4989123456, 4989123456",
        "sipUser, alice.b+1, alice.b+1",
        "sipAuthUser, u4711@realm, u4711@realm",
        "sipPassword, 'a b<&>\"', 'a b<&>\"'",
        "sipDomain, sip.example.net, sip.example.net",
        "sipDomain, 192.0.2.1, 192.0.2.1",
        "sipProxy, proxy.example.net:05061, proxy.example.net:5061",
        "sipProxy, proxy, proxy",
        "sipTransport, tls, TLS",
        "plan, office-2, office-2",
        "timeZone, Europe/Berlin, Europe/Berlin",
        "action, ADD, add"
    })
    void canonical_good_isKept(String field, String text, String canonical) {
        assertThat(rule(field).canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "macAddress, 000e08aabbc",
        "lineNumber, 0",
        "lineNumber, 100",
        "lineNumber, one",
        "lineNumber, 1.0",
        "directoryNumber, alice",
        "serialNumber, 'a b'",
        "sipUser, 'a b'",
        "sipUser, alice@example.net",
        "sipAuthUser, 'a\"b'",
        "sipPassword, pässwort",
        "sipDomain, -a.example",
        "sipDomain, a..b",
        "sipDomain, a_b.example",
        "sipDomain, sip.example.net:5060",
        "sipProxy, proxy:0",
        "sipProxy, proxy:65536",
        "sipProxy, proxy:",
        "sipProxy, sip:proxy",
        "sipProxy, [2001:db8::1]:5060",
        "sipTransport, SCTP",
        "plan, ../../etc/passwd",
        "plan, .hidden",
        "tenant, a/b",
        "timeZone, Europe/Atlantis",
        "timeZone, +01:00",
        "action, replace"
    })
    void canonical_bad_isRefused(String field, String text) {
        assertThat(rule(field).canonical(text)).isEmpty();
    }

    @Test
    void canonical_tooLongOrControlCharacters_isRefused() {
        assertThat(rule("sipUser").canonical("x".repeat(63))).isPresent();
        assertThat(rule("sipUser").canonical("x".repeat(64))).isEmpty();
        assertThat(rule("sipDomain").canonical("x".repeat(64))).isEmpty();
        assertThat(rule("displayName").canonical("x".repeat(65))).isEmpty();
        assertThat(rule("displayName").canonical("a\nb")).isEmpty();
        assertThat(rule("sipPassword").canonical("a\tb")).isEmpty();
        assertThat(rule("externalId").canonical("x".repeat(256))).isEmpty();
    }

    private static FieldRule rule(String field) {
        return FieldRule.of(OrderField.find(field).orElseThrow());
    }
}
