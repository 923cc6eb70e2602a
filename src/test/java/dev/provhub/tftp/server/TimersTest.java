package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.tftp.codec.TftpPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private static final long MILLI = 1_000_000;

    private final Timers timers = new Timers();
    private final List<Session> expired = new ArrayList<>();

    private static Session until(long deadlineNanos) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1);
        Session session = new Question(
                new TftpRequest("f", "octet", address, address),
                new TftpPacket.ReadRequest("f", "octet", Map.of()),
                new RecordingLine(),
                (question, content, refusal) -> {},
                new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofMillis(1000), 6, 10),
                0);
        session.deadlineNanos = deadlineNanos;
        return session;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 3 * MILLI, Long.MIN_VALUE})
    void session_expiresSoonAfterItsDeadline_whateverTheClocksOrigin(long origin) {
        Session session = until(origin + 730 * MILLI);
        timers.add(session, origin);

        for (int millis = 20; millis <= 730; millis += 20) {
            timers.turn(origin + millis * MILLI, expired::add);
            assertThat(expired).isEmpty();
        }
        for (int millis = 740; millis <= 800; millis += 20) {
            timers.turn(origin + millis * MILLI, expired::add);
        }
        assertThat(expired).isNotEmpty().containsOnly(session);
    }

    @Test
    void deadlineMovedEarlier_isSeenWithinATenthOfASecond() {
        Session session = until(10_000 * MILLI);
        timers.add(session, 0);
        session.deadlineNanos = 30 * MILLI;

        for (int millis = 20; millis <= 120 && expired.isEmpty(); millis += 20) {
            timers.turn(millis * MILLI, expired::add);
        }

        assertThat(expired).containsExactly(session);
    }

    @Test
    void endedSession_isForgotten_andAPauseLosesNone() {
        Session ended = until(MILLI);
        Session late = until(MILLI);
        timers.add(ended, 0);
        timers.add(late, 0);
        ended.end(TransferListener.Outcome.ABORTED, null, 0);

        timers.turn(5_000 * MILLI, session -> {
            expired.add(session);
            session.end(TransferListener.Outcome.ABORTED, null, 0);
        });

        assertThat(expired).containsExactly(late);
        assertThat(timers.isEmpty()).isTrue();
    }
}
