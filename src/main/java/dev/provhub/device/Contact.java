package dev.provhub.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request of a device, with what was decided and why.
 *
 * @param time          when it was answered
 * @param mac           which device, when that is known or at least claimed; null when not
 * @param transport     {@code tftp}, {@code http}, {@code https} or {@code https-legacy}
 * @param asked         what it asked for; a directory in it must have been masked by the caller, because it is a secret
 * @param outcome       one word of what it got, e.g. {@code profile}, {@code bootstrap}, {@code refused}
 * @param reason        why, for the operator
 * @param bytes         length of the answer's body, 0 for none
 * @param revision      what the device said that it has applied, as it stood in the path; null when it said nothing
 * @param remoteAddress where it came from, without port
 */
public record Contact(
        Instant time,
        @Nullable MacAddress mac,
        String transport,
        String asked,
        String outcome,
        String reason,
        long bytes,
        @Nullable String revision,
        String remoteAddress) {}
