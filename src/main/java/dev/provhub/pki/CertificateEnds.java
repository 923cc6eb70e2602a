package dev.provhub.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When the certificates end that the hub shows or signs with: for health, and for who wants to measure it. Thread-safe. */
@FunctionalInterface
public interface CertificateEnds {
    /** Those of the listeners that are enabled, the CAs above them that are shown too, and the development CA. */
    List<End> all();

    /**
     * A certificate.
     *
     * @param name          stays the same when the certificate is replaced: a listener ({@code https}, {@code https-legacy}, {@code
     *                      api}), with {@code /host} for a further name, with {@code #2} and so on for a CA above it; {@code
     *                      development-ca}
     * @param subject       as in RFC 2253
     * @param renewedBefore how long before its end the hub makes another by itself; zero when it does not
     */
    record End(String name, String subject, Instant notAfter, Duration renewedBefore) {
        /** Whole days from a time on; below 0 when it is over. */
        public long daysLeft(Instant now) {
            return Math.floorDiv(
                    Duration.between(now, notAfter).toSeconds(),
                    Duration.ofDays(1).toSeconds());
        }
    }
}
