package dev.provhub.device.filter;

import dev.provhub.device.Device;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device with everything that a filter may ask of it.
 *
 * @param lastContact    when it was last heard of under proof; null for never
 * @param certificateEnd when the certificate ends that it is bound to; null when it is bound to none
 * @param revoked        whether it, or that certificate, is believed no more
 * @param applied        whether the revision that it has applied is the present one
 */
public record Candidate(
        Device device,
        Set<String> labels,
        @Nullable Instant lastContact,
        @Nullable Instant certificateEnd,
        boolean revoked,
        boolean applied) {
    /** Copies the labels. */
    public Candidate {
        labels = Set.copyOf(labels);
    }
}
