package dev.provhub.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.notify.ClientTransaction.Due;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261, section 17.1.2.2, with T1 = 500 ms and T2 = 4 s. */
class ClientTransactionTest {
    private static SipResponse response(int status) {
        return new SipResponse(status, "", "z9hG4bKx", "c", 1, "NOTIFY", List.of(), 0);
    }

    /** When the request is sent again, in ms, until there is a time-out. */
    private static List<Long> repeats(ClientTransaction transaction) {
        List<Long> times = new ArrayList<>();
        while (true) {
            Duration next = transaction.next();
            Due due = transaction.due(next);
            if (due == Due.TIMED_OUT) {
                times.add(-next.toMillis());
                return times;
            }
            assertThat(due).isEqualTo(Due.SEND_AGAIN);
            times.add(next.toMillis());
        }
    }

    @Test
    void unreliable_noAnswer_isRepeatedUntilTimerF() {
        assertThat(repeats(new ClientTransaction(false)))
                .containsExactly(500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L, -32000L);
    }

    @Test
    void reliable_noAnswer_isNeverRepeated() {
        assertThat(repeats(new ClientTransaction(true))).containsExactly(-32000L);
    }

    @Test
    void provisional_slowsTheRepeatsDownToT2() {
        ClientTransaction transaction = new ClientTransaction(false);
        assertThat(transaction.answered(response(100))).isFalse();

        assertThat(repeats(transaction))
                .containsExactly(500L, 4500L, 8500L, 12500L, 16500L, 20500L, 24500L, 28500L, -32000L);
    }

    @Test
    void timer_before_doesNothing() {
        ClientTransaction transaction = new ClientTransaction(false);

        assertThat(transaction.due(Duration.ofMillis(499))).isEqualTo(Due.NOTHING);
        assertThat(transaction.next()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void finalResponse_endsIt_once() {
        ClientTransaction transaction = new ClientTransaction(false);

        assertThat(transaction.answered(response(486))).isTrue();
        assertThat(transaction.answered(response(200))).isFalse();
        assertThat(transaction.due(Duration.ofSeconds(1))).isEqualTo(Due.NOTHING);
        assertThat(transaction.due(Duration.ofSeconds(33))).isEqualTo(Due.NOTHING);
    }
}
