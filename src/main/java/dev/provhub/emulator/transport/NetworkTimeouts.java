package dev.provhub.emulator.transport;

import java.time.Duration;

/**
 * How long a phone waits, in real time.
 *
 * @param connect for a TCP connection
 * @param read    for the next bytes
 */
public record NetworkTimeouts(Duration connect, Duration read) {
    /** What section 3.4 has a phone emulate: 20 s and 60 s. */
    public static final NetworkTimeouts OF_A_PHONE =
            new NetworkTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** @throws IllegalArgumentException when one is not positive */
    public NetworkTimeouts {
        if (connect.toMillis() < 1 || read.toMillis() < 1) {
            throw new IllegalArgumentException("timeouts " + connect + ", " + read + " must be at least 1 ms");
        }
    }
}
