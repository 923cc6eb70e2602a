package dev.provhub.notify;

import java.time.Duration;

/** Time that goes by, for what must happen later. */
public interface Timers {
    /** Runs something once, after a while, on a thread of its own. */
    void after(Duration wait, Runnable what);

    /** Time since some fixed moment; it never goes back. */
    Duration now();
}
