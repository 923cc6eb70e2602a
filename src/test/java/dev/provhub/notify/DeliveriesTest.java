package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveriesTest {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final InetAddress PHONE = address(7);
    private static final InetAddress STRANGER = address(66);
    private static final Notification RESYNC = new Notification(
            1,
            new MacAddress("000e08000001"),
            NotifyAction.RESYNC,
            null,
            "test",
            TEN,
            TEN,
            1,
            Notification.State.SENT,
            null,
            TEN);

    private final ManualTimers timers = new ManualTimers();
    private final List<Outgoing> sent = new ArrayList<>();
    private final List<NotifyOutcome> outcomes = new ArrayList<>();
    private final Deliveries deliveries =
            new Deliveries(sent::add, timers, new SecureRandom(), (what, outcome) -> outcomes.add(outcome));

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeliveryPlan plan(int lines, String proxy, SipLogin proxyLogin, SipTransport transport) {
        return new DeliveryPlan(
                RESYNC,
                "resync",
                IntStream.rangeClosed(1, lines)
                        .mapToObj(number -> new DeliveryPlan.LineAddress(
                                number,
                                "sip:100" + number + "@192.0.2.7:5060",
                                "sip:100" + number + "@sip.example.net",
                                new SipLogin("100" + number, "s3cret" + number),
                                new InetSocketAddress(PHONE, 5060),
                                transport,
                                "192.0.2.1:5062"))
                        .toList(),
                proxy,
                proxyLogin);
    }

    private void begin(int lines) {
        deliveries.begin(plan(lines, null, null, SipTransport.UDP));
    }

    private String last() {
        return sent.get(sent.size() - 1).text();
    }

    private static String header(String message, String name) {
        Matcher header = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(message);
        assertThat(header.find()).as(name + " in " + message).isTrue();
        return header.group(1);
    }

    private static byte[] responseTo(String request, String statusLine, String... more) {
        return ("SIP/2.0 " + statusLine + "\r\nVia: " + header(request, "Via") + "\r\nFrom: " + header(request, "From")
                        + "\r\nTo: " + header(request, "To") + ";tag=p\r\nCall-ID: " + header(request, "Call-ID")
                        + "\r\nCSeq: " + header(request, "CSeq") + "\r\n"
                        + String.join(
                                "",
                                List.of(more).stream()
                                        .map(line -> line + "\r\n")
                                        .toList())
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void answer(String statusLine, String... more) {
        deliveries.received(PHONE, responseTo(last(), statusLine, more));
    }

    private String outcome() {
        assertThat(outcomes).hasSize(1);
        assertThat(deliveries.inFlight()).isZero();
        return (outcomes.get(0).delivered() ? "delivered: " : "failed: ")
                + outcomes.get(0).text();
    }

    @Test
    void request_isWhatRfc3261And6665Ask() {
        begin(1);

        String branch = sent.get(0).branch();
        assertThat(branch).matches("z9hG4bK[0-9a-f]{32}");
        assertThat(last())
                .isEqualTo("NOTIFY sip:1001@192.0.2.7:5060 SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.1:5062;rport;branch=" + branch + "\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:provisioning@192.0.2.1:5062>;tag="
                        + header(last(), "From").split("tag=", 2)[1]
                        + "\r\n"
                        + "To: <sip:1001@sip.example.net>\r\n"
                        + "Call-ID: " + header(last(), "Call-ID") + "\r\n"
                        + "CSeq: 1 NOTIFY\r\n"
                        + "Contact: <sip:provisioning@192.0.2.1:5062;transport=udp>\r\n"
                        + "Event: resync\r\n"
                        + "Subscription-State: terminated\r\n"
                        + "Content-Length: 0\r\n\r\n");
        assertThat(sent.get(0).toString()).doesNotContain("Call-ID");
    }

    @Test
    void answer_200_isDelivered() {
        begin(1);
        answer("200 OK");

        assertThat(outcome()).isEqualTo("delivered: the phone has taken it at line 1 (200 OK)");
        answer("200 OK");
        timers.pass(Duration.ofMinutes(5));
        assertThat(outcomes).hasSize(1);
        assertThat(sent).hasSize(1);
    }

    @Test
    void answer_lostOnce_isAskedForAgainWithTheSameMessage() {
        begin(1);
        timers.pass(Duration.ofMillis(1600));

        assertThat(sent).hasSize(3);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        assertThat(sent.get(2)).isEqualTo(sent.get(0));
        answer("200 OK");
        assertThat(outcome()).startsWith("delivered");
    }

    @Test
    void silence_straight_endsAfter32SecondsWithItsUsualCause() {
        begin(1);
        timers.pass(Duration.ofMillis(31_999));
        assertThat(outcomes).isEmpty();
        timers.pass(Duration.ofMillis(1));

        assertThat(sent).hasSize(11);
        assertThat(outcome())
                .isEqualTo("failed: no answer within 32 s: the phone is off, or behind NAT (set hub.notify.proxy)");
    }

    @Test
    void silence_overTcp_isNotRepeated() {
        deliveries.begin(plan(1, "proxy;transport=tcp", null, SipTransport.TCP));
        timers.pass(Duration.ofSeconds(32));

        assertThat(sent).hasSize(1);
        assertThat(last()).contains("Via: SIP/2.0/TCP ", ";transport=tcp>\r\n");
        assertThat(outcome()).startsWith("failed: no answer within 32 s: the proxy proxy;transport=tcp is not there");
    }

    @Test
    void strangers_changeNothing() {
        begin(1);
        String request = last();
        deliveries.received(STRANGER, responseTo(request, "200 OK"));
        deliveries.received(PHONE, responseTo(request.replaceAll("branch=z9hG4bK.", "branch=z9hG4bKx"), "200 OK"));
        deliveries.received(PHONE, responseTo(request.replace("CSeq: 1", "CSeq: 2"), "200 OK"));
        deliveries.received(PHONE, responseTo(request.replace("1 NOTIFY", "1 OPTIONS"), "200 OK"));
        deliveries.received(PHONE, responseTo(request.replaceAll("Call-ID: .", "Call-ID: x"), "200 OK"));
        deliveries.received(PHONE, request.getBytes(StandardCharsets.UTF_8));
        deliveries.received(PHONE, new byte[0]);
        deliveries.received(PHONE, new byte[100_000]);

        assertThat(outcomes).isEmpty();
        assertThat(deliveries.inFlight()).isEqualTo(1);
        answer("200 OK");
        assertThat(outcome()).startsWith("delivered");
    }

    @Test
    void challenge_isAnsweredWithTheLinesAccount() {
        begin(1);
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n1\"");

        assertThat(sent).hasSize(2);
        assertThat(header(last(), "CSeq")).isEqualTo("2 NOTIFY");
        assertThat(header(last(), "Call-ID")).isEqualTo(header(sent.get(0).text(), "Call-ID"));
        assertThat(sent.get(1).branch()).isNotEqualTo(sent.get(0).branch());
        // md5(md5("1001:phone:s3cret1"):n1:md5("NOTIFY:sip:1001@192.0.2.7:5060"))
        assertThat(header(last(), "Authorization"))
                .isEqualTo("Digest username=\"1001\", realm=\"phone\", nonce=\"n1\","
                        + " uri=\"sip:1001@192.0.2.7:5060\", response=\"429c8fe410fd7a67ffa342a1bd13711b\"");
        answer("200 OK");
        assertThat(outcome()).startsWith("delivered");
    }

    @Test
    void challenge_again_isAWrongPassword() {
        begin(3);
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n1\"");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n1\", stale=true");

        assertThat(sent).hasSize(2);
        assertThat(outcome())
                .startsWith(
                        "failed: the line's credentials were refused: the phone asks for another password than line 1");
    }

    @Test
    void challenge_staleNonce_isAnsweredOnceMore() {
        begin(1);
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n1\"");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n2\", stale=true");
        assertThat(header(last(), "Authorization")).contains("nonce=\"n2\"");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"n3\", stale=true");

        assertThat(sent).hasSize(3);
        assertThat(outcome()).startsWith("failed: the line's credentials were refused");
    }

    @Test
    void challenge_ofUnknownKinds_takesTheFirstThatIsKnown() {
        begin(1);
        answer(
                "401 Unauthorized",
                "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", algorithm=SHA-512-256",
                "WWW-Authenticate: Digest realm=\"b\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"",
                "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\", algorithm=MD5");

        assertThat(header(last(), "Authorization")).contains("realm=\"b\"", "algorithm=SHA-256", "qop=auth");
        answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"a\"");
        assertThat(outcome()).contains("a login of a kind that the hub does not have");
    }

    @Test
    void proxy_asksForItsOwnLogin_andThePhoneForItsOwn() {
        deliveries.begin(plan(1, "proxy", new SipLogin("hub", "pr0xy"), SipTransport.UDP));
        answer(
                "407 Proxy Authentication Required",
                "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"");
        assertThat(header(last(), "Proxy-Authorization")).contains("username=\"hub\"", "nc=00000001");
        assertThat(last()).doesNotContain("\r\nAuthorization");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"phone\", nonce=\"m\", qop=\"auth\"");

        assertThat(header(last(), "Proxy-Authorization")).contains("username=\"hub\"", "nc=00000002");
        assertThat(header(last(), "Authorization")).contains("username=\"1001\"", "nc=00000001");
        answer("202 Accepted");
        assertThat(outcome()).startsWith("delivered");
    }

    @Test
    void proxy_asksBy401_isGivenItsLoginAfterTheLines() {
        deliveries.begin(plan(1, "proxy", new SipLogin("hub", "pr0xy"), SipTransport.UDP));
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"p\", nonce=\"n\"");
        assertThat(header(last(), "Authorization")).contains("username=\"1001\"");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"p\", nonce=\"n\"");
        assertThat(header(last(), "Authorization")).contains("username=\"hub\"");
        answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"p\", nonce=\"n\"");

        assertThat(outcome()).startsWith("failed: the line's credentials were refused");
    }

    @Test
    void proxy_asksAndNothingIsSet_saysWhatToSet() {
        deliveries.begin(plan(1, "proxy", null, SipTransport.UDP));
        answer("407 Proxy Authentication Required", "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\"");

        assertThat(outcome())
                .isEqualTo("failed: the proxy proxy asks for a login: set hub.notify.proxy.user and"
                        + " hub.notify.proxy.password");
    }

    @Test
    void line_notRegistered_theNextIsTried() {
        begin(3);
        answer("480 Temporarily Unavailable");
        assertThat(last()).startsWith("NOTIFY sip:1002@");
        assertThat(header(last(), "CSeq")).isEqualTo("1 NOTIFY");
        timers.pass(Duration.ofSeconds(32));
        assertThat(last()).startsWith("NOTIFY sip:1003@");
        answer("404 Not Found");

        assertThat(outcome())
                .startsWith("failed: 404 Not Found: nobody knows this line there")
                .endsWith("(lines 1 to 3 were tried)");
    }

    @Test
    void lines_withoutEnd_areTriedForTwoMinutes() {
        begin(30);
        timers.pass(Duration.ofMinutes(30));

        assertThat(outcome()).endsWith("(lines 1 to 4 were tried)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 Forbidden   | 403 Forbidden: the phone or the proxy forbids it
            405 No          | 405 No: who answers takes no NOTIFY
            489 Bad Event   | 489 Bad Event: the phone does not know this event
            302 Moved       | 302 Moved: it was sent on to another address
            503 Busy        | 503 Busy: the phone or the proxy is too busy
            499 Whatever    | 499 Whatever
            """)
    void refusals_haveTheirUsualCause(String statusLine, String words) {
        begin(3);
        answer(statusLine);

        assertThat(outcome()).startsWith("failed: " + words);
    }

    @Test
    void reason_ofThePhone_cannotForgeALogLine() {
        begin(1);
        answer("486 \u001b[31mred\u202e\u0007");

        assertThat(outcome()).isEqualTo("failed: 486 ?[31mred??: the phone is busy");
    }

    @Test
    void unsent_endsItWithTheReason() {
        begin(2);
        deliveries.unsent(sent.get(0).branch(), "the connection was refused: nothing listens there");

        assertThat(outcome())
                .isEqualTo("failed: it could not be sent: the connection was refused: nothing listens there");
    }

    @Test
    void close_givesWhatWasOnItsWayAndIsSilent() {
        begin(1);

        assertThat(deliveries.close()).containsExactly(RESYNC);
        timers.pass(Duration.ofMinutes(5));
        begin(1);
        assertThat(sent).hasSize(1);
        assertThat(outcomes).isEmpty();
    }
}
