package dev.provhub.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A permission, for hours, to be given a key without a good certificate of one's own. It never gives more than the key profile,
 * and it ends when the device asks at its new directory.
 *
 * @param id     random, for the administration
 * @param kind   what it takes the place of
 * @param mac    whose; null only for {@link Kind#TARGETED}, for all claimed devices that were never keyed
 * @param serial of the unit, for {@link Kind#EXCEPTION}
 * @param until  end
 * @param usedFrom address that has used it first, without port; null before
 * @param fault  why it is void; null while it is good
 */
public record KeyGrant(
        String id,
        Kind kind,
        @Nullable MacAddress mac,
        @Nullable String serial,
        Instant until,
        @Nullable String usedFrom,
        @Nullable String fault) {
    /** What stands for the device's own certificate. */
    public enum Kind {
        /** A certificate whose key many share, or that is wrong or has run out, of this MAC address and serial number. */
        EXCEPTION,
        /** An unguessable word in a resync URL. */
        TOKEN,
        /** A profile that only the addressed unit can read, made by the operator's own compiler. */
        TARGETED
    }

    /** Whether it holds at a time. */
    public boolean isGoodAt(Instant now) {
        return fault == null && now.isBefore(until);
    }
}
