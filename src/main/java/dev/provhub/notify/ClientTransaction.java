package dev.provhub.notify;

import java.time.Duration;

/**
 * A client transaction of a request that is no INVITE (RFC 3261, section 17.1.2). Times count from when the request was first
 * sent. It does nothing by itself: who drives it asks when its next timer is due, and what then.
 *
 * <pre>
 *   trying --1xx--> proceeding --2xx to 6xx--> done
 *     |                 |
 *     +---- timer F ----+--------------------> done
 * </pre>
 * Later copies of the final response are for nobody, so the state "completed" is not kept.
 */
final class ClientTransaction {
    /** Estimate of a round trip. */
    static final Duration T1 = Duration.ofMillis(500);
    /** Longest wait between two copies of the request. */
    static final Duration T2 = Duration.ofSeconds(4);
    /** Timer F: how long there may be no answer. */
    static final Duration TIMEOUT = T1.multipliedBy(64);

    /** What a timer asks for. */
    enum Due {
        NOTHING,
        SEND_AGAIN,
        TIMED_OUT
    }

    private final boolean reliable;
    private Duration wait = T1;
    private Duration again = T1;
    private boolean proceeding;
    private boolean done;

    ClientTransaction(boolean reliable) {
        this.reliable = reliable;
    }

    /** When to ask {@link #due} next. */
    Duration next() {
        return reliable || again.compareTo(TIMEOUT) > 0 ? TIMEOUT : again;
    }

    /** What is to be done at a time. */
    Due due(Duration elapsed) {
        if (done) {
            return Due.NOTHING;
        }
        if (elapsed.compareTo(TIMEOUT) >= 0) {
            done = true;
            return Due.TIMED_OUT;
        }
        if (reliable || elapsed.compareTo(again) < 0) {
            return Due.NOTHING;
        }
        Duration doubled = wait.multipliedBy(2);
        wait = proceeding || doubled.compareTo(T2) > 0 ? T2 : doubled;
        again = elapsed.plus(wait);
        return Due.SEND_AGAIN;
    }

    /** A response has come; true when it ends the transaction. */
    boolean answered(SipResponse response) {
        if (done) {
            return false;
        }
        proceeding = true;
        done = response.isFinal();
        return done;
    }
}
