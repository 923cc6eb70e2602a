package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.notify.DigestChallenge.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String URI = "/dir/index.html";

    private static DigestAnswer answer(String challenge, String password, String cnonce) {
        return new DigestAnswer(
                DigestChallenge.find(challenge).orElseThrow(), new SipLogin("Mufasa", password), "GET", URI, cnonce, 1);
    }

    @Test
    void response_ofRfc2617Section35_isThatOfTheRfc() {
        DigestAnswer answer = answer(
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                "Circle Of Life",
                "0a4f113b");

        assertThat(answer.response()).isEqualTo("6629fae49393a05397450978507c4ef1");
        assertThat(answer.header())
                .isEqualTo("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                        + " response=\"6629fae49393a05397450978507c4ef1\", cnonce=\"0a4f113b\", qop=auth, nc=00000001,"
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void response_ofRfc7616Section391_isThatOfTheRfc(String algorithm, String expected) {
        DigestAnswer answer = answer(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                        + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
                "Circle of Life",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(answer.response()).isEqualTo(expected);
        assertThat(answer.header()).contains(", algorithm=" + algorithm + ", ");
    }

    /** RFC 2069, section 2.4, with its erratum 749. */
    @Test
    void response_withoutQop_isThatOfRfc2069() {
        DigestAnswer answer = answer(
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                "CircleOfLife",
                "0a4f113b");

        assertThat(answer.response()).isEqualTo("1949323746fe6a43ef61f9606e7febea");
        assertThat(answer.header()).doesNotContain("qop", "nc=", "cnonce", "algorithm", "opaque");
    }

    @Test
    void response_ofMd5Sess_takesNonceAndCnonceIn() {
        DigestAnswer answer = answer(
                "digest  algorithm=md5-sess , realm=\"testrealm@host.com\",qop=auth,"
                        + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                "Circle Of Life",
                "0a4f113b");

        assertThat(answer.response()).isEqualTo("8e3825c57e897f5a0dec6c2d4e5059d0");
        assertThat(answer.header()).contains("algorithm=MD5-sess");
    }

    @Test
    void header_quotesInNameAndRealm_areEscaped() {
        DigestChallenge challenge = DigestChallenge.find("Digest realm=\"a\\\"b\\\\c\", nonce=\"n\"")
                .orElseThrow();
        assertThat(challenge.realm()).isEqualTo("a\"b\\c");

        String header =
                new DigestAnswer(challenge, new SipLogin("x\"\r\nEvil: 1", "p"), "NOTIFY", "sip:u@h", "c", 1).header();

        assertThat(header).startsWith("Digest username=\"x\\\"  Evil: 1\", realm=\"a\\\"b\\\\c\", nonce=\"n\"");
        assertThat(header).doesNotContain("\r", "\n");
    }

    @Test
    void challenge_staleAndUnknownParameters_areRead() {
        DigestChallenge challenge = DigestChallenge.find(
                        "Digest realm=\"r\", domain=\"sip:x\", nonce=\"n\", stale=TRUE, charset=UTF-8, algorithm=\"MD5\"")
                .orElseThrow();

        assertThat(challenge.stale()).isTrue();
        assertThat(challenge.algorithm()).isEqualTo(Algorithm.MD5);
        assertThat(challenge.qopAuth()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic realm=\"r\"",
                "Digest",
                "Digest realm=\"r\"",
                "Digest nonce=\"n\"",
                "Digest realm=\"r\", nonce=\"n",
                "Digest realm=\"r\" nonce=\"n\"",
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256",
                "Digest realm=\"r\", nonce=\"n\", =",
                "Digest ,,,,"
            })
    void challenge_thatCannotBeAnswered_isNone(String value) {
        assertThat(DigestChallenge.find(value)).isEmpty();
    }

    @Test
    void challenge_hugeText_isNoneAndSoon() {
        assertThat(DigestChallenge.find("Digest realm=\"" + "\\a".repeat(8000) + "\""))
                .isEmpty();
        assertThat(DigestChallenge.find("Digest " + "a=b,".repeat(4000))).isEmpty();
        assertThat(DigestChallenge.find("Digest " + " ".repeat(16000))).isEmpty();
    }

    @Test
    void login_toString_holdsNoPassword() {
        assertThat(new SipLogin("1001", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(answer("Digest realm=\"r\", nonce=\"n\"", "s3cret", "c").toString())
                .doesNotContain("s3cret");
    }
}
