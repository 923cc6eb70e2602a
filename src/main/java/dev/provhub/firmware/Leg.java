package dev.provhub.firmware;

import org.jspecify.annotations.Nullable;

/**
 * A piece of the way that devices of any version go: those between two bounds load an image. Legs are read in order, and the first
 * that fits counts, so a bound that earlier legs leave nothing below of is left out.
 *
 * @param image what they load
 * @param above lower bound; null for none
 * @param below upper bound; null for none
 */
public record Leg(
        FirmwareImage image,
        @Nullable Bound above,
        @Nullable Bound below) {
    /**
     * An end of a range of versions.
     *
     * @param version   of the grammar that conditions take
     * @param inclusive whether it belongs to the range
     */
    public record Bound(FirmwareVersion version, boolean inclusive) {}
}
