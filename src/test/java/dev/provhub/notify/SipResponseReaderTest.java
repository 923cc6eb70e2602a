package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipResponseReaderTest {
    private static final String VIA =
            "Via: SIP/2.0/UDP 192.0.2.1:5062;rport=5062;branch=z9hG4bKabc;received=192.0.2.1\r\n";
    private static final String REST =
            "From: <sip:a@192.0.2.1>;tag=1\r\nTo: <sip:b@example.net>;tag=2\r\nCall-ID: c1\r\n"
                    + "CSeq: 7 NOTIFY\r\nContent-Length: 0\r\n";

    private static Optional<SipResponse> read(String text) {
        return SipResponseReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void read_ordinaryResponse_hasItsParts() {
        SipResponse response = read("SIP/2.0 200 OK\r\n" + VIA + REST + "\r\n").orElseThrow();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reason()).isEqualTo("OK");
        assertThat(response.branch()).isEqualTo("z9hG4bKabc");
        assertThat(response.callId()).isEqualTo("c1");
        assertThat(response.sequence()).isEqualTo(7);
        assertThat(response.method()).isEqualTo("NOTIFY");
        assertThat(response.challenges()).isEmpty();
        assertThat(response.isSuccess()).isTrue();
    }

    @Test
    void read_shortNamesFoldedLinesAndSeveralVias_takesTheTopmost() {
        SipResponse response = read("SIP/2.0 401 Unauthorized\r\n"
                        + "v: SIP/2.0/UDP \"a,b;branch=no\" h\r\n\t;branch=z9hG4bKtop, SIP/2.0/UDP other;branch=z9hG4bKlow\r\n"
                        + "Via: SIP/2.0/UDP third;branch=z9hG4bKthird\r\n"
                        + "f: <sip:a@h>\r\nt: <sip:b@h>\r\ni: c1\r\nCSEQ : 7   NOTIFY\r\n"
                        + "WWW-Authenticate: Digest realm=\"x\",\r\n nonce=\"y\"\r\n"
                        + "Proxy-Authenticate: Digest realm=\"p\", nonce=\"q\"\r\nRetry-After: 120 (later)\r\n\r\n")
                .orElseThrow();

        assertThat(response.branch()).isEqualTo("z9hG4bKtop");
        assertThat(response.challenges())
                .containsExactly(
                        new SipResponse.Asked(false, "Digest realm=\"x\", nonce=\"y\""),
                        new SipResponse.Asked(true, "Digest realm=\"p\", nonce=\"q\""));
        assertThat(response.retryAfter()).isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "SIP/2.0 200 OK\r\n\r\n",
                "SIP/2.0 200 OK\n" + "Via: x\n\n",
                "NOTIFY sip:a@b SIP/2.0\r\n" + VIA + REST + "\r\n",
                "SIP/3.0 200 OK\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 099 OK\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 700 OK\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 2000 OK\r\n" + VIA + REST + "\r\n",
                "HTTP/1.1 200 OK\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 200 OK\r\n" + VIA + REST,
                "SIP/2.0 200 OK\r\n" + REST + "\r\n",
                "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h\r\n" + REST + "\r\n",
                "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h, SIP/2.0/UDP i;branch=z9hG4bKabc\r\n" + REST + "\r\n",
                "SIP/2.0 200 OK\r\n" + VIA + "From: a\r\nTo: b\r\nCSeq: 7 NOTIFY\r\n\r\n",
                "SIP/2.0 200 OK\r\n" + VIA + "From: a\r\nCall-ID: c\r\nCSeq: 7 NOTIFY\r\n\r\n",
                "SIP/2.0 200 OK\r\n" + VIA + "From: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: x NOTIFY\r\n\r\n",
                "SIP/2.0 200 OK\r\n" + VIA + "From: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: 99999999999 NOTIFY\r\n\r\n",
                "SIP/2.0 200 OK\r\n folded: first\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 200 OK\r\nno colon\r\n" + VIA + REST + "\r\n",
                "SIP/2.0 200 OK\r\n: no name\r\n" + VIA + REST + "\r\n"
            })
    void read_whatIsNoWholeResponse_isNone(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void read_huge_isNoneAndSoon() {
        assertThat(read("SIP/2.0 200 OK\r\nX: " + "a".repeat(70_000) + "\r\n" + VIA + REST + "\r\n"))
                .isEmpty();
        assertThat(read("SIP/2.0 200 OK\r\n" + "X: y\r\n".repeat(2000) + VIA + REST + "\r\n"))
                .isEmpty();
        assertThat(read("SIP/2.0 200 OK\r\nVia: " + "\"".repeat(15_000) + "\r\n" + REST + "\r\n"))
                .isEmpty();
        assertThat(read("SIP/2.0 200 OK\r\nVia: " + ";branch".repeat(2000) + "\r\n" + REST + "\r\n"))
                .isEmpty();
        assertThat(read("SIP/2.0 200 OK\r\nVia: h" + " ".repeat(12_000) + "\r\n" + REST + "\r\n"))
                .isEmpty();
        assertThat(read("SIP/2.0 200 " + "r".repeat(1000) + "\r\n" + VIA + REST + "\r\n"))
                .isEmpty();
    }

    @Test
    void read_whateverComes_throwsNothing() {
        Random random = new Random(1);
        byte[] good = ("SIP/2.0 200 OK\r\n" + VIA + REST + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5000; round++) {
            byte[] bad = good.clone();
            for (int flips = 0; flips <= round % 8; flips++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Optional<SipResponse> read = SipResponseReader.read(bad);
            assertThat(read.map(SipResponse::shown).orElse("")).doesNotContain("\r", "\n", "\u0000");
        }
    }
}
