package dev.provhub.tftp.server;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait for an answer: the smoothed round trip and four times its deviation (RFC 6298, section 2), doubled with each
 * retransmission, with a floor, and a quarter of jitter either way so that a thousand clients do not come in step.
 */
final class RoundTrips {
    private static final long LONGEST_MICROS = TimeUnit.SECONDS.toMicros(60);

    /** Doubling ends here: after a minute of silence it is over anyway. */
    private static final long LONGEST_DOUBLED_NANOS = TimeUnit.SECONDS.toNanos(16);

    private int smoothedMicros;
    private int deviationMicros;

    /** An answer came after that long, to a packet that was sent once (Karn's rule). */
    void measured(long nanos) {
        int micros = (int) Math.max(1, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
        if (smoothedMicros == 0) {
            smoothedMicros = micros;
            deviationMicros = micros / 2;
        } else {
            deviationMicros += (Math.abs(smoothedMicros - micros) - deviationMicros) / 4;
            smoothedMicros += (micros - smoothedMicros) / 8;
        }
    }

    /** 0 before the first was measured. */
    long smoothedNanos() {
        return TimeUnit.MICROSECONDS.toNanos(smoothedMicros);
    }

    /**
     * How long to wait.
     *
     * @param attempts how often the packet has been sent again
     * @param seed     anything that differs between transfers
     */
    long timeoutNanos(TftpServerSettings settings, int timeoutSeconds, int attempts, int seed) {
        if (timeoutSeconds > 0) {
            // The client has chosen (RFC 2349).
            return TimeUnit.SECONDS.toNanos(timeoutSeconds);
        }
        long base = settings.retransmitTimeout().toNanos();
        if (smoothedMicros > 0) {
            long measured = TimeUnit.MICROSECONDS.toNanos(smoothedMicros + 4L * deviationMicros);
            base = Math.max(Math.min(base, settings.minRetransmitTimeout().toNanos()), measured);
        }
        long doubled = Math.min(base << attempts, Math.max(base, LONGEST_DOUBLED_NANOS));
        if (attempts == 0) {
            return doubled;
        }
        int mixed = (seed + attempts) * 0x9E3779B9;
        return doubled + doubled / 4 * (mixed >> 24) / 128;
    }
}
