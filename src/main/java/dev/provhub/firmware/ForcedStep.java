package dev.provhub.firmware;

import java.util.Optional;

/**
 * A version that devices must pass: what runs less than {@code below} may load nothing from there on but what {@code through}
 * names.
 *
 * @param below   a version in full
 * @param through a version, or a release of three numbers ({@code 11-0-0}) for each version of it
 */
public record ForcedStep(FirmwareVersion below, String through) {
    /** Whether it leads through this version. */
    boolean isThrough(FirmwareVersion version) {
        return version.isSameAs(FirmwareVersion.parse(through)) || version.isOfRelease(through);
    }

    /** What is wrong with it, empty when nothing is: a version that phones cannot compare, or a way round in a circle. */
    public Optional<String> complaint() {
        if (!below.isOperand()) {
            return Optional.of(
                    "step " + this + ": '" + below + "' is not a version in full; allowed: all its parts, as in"
                            + " 7.5.2b, or with the build as in 11-0-0MPP-7");
        }
        FirmwareVersion passed = FirmwareVersion.parse(through);
        if (!FirmwareVersion.isRelease(through) && !passed.isOperand()) {
            return Optional.of("step " + this + ": '" + through
                    + "' is not allowed; allowed: a version in full, or a release such as 11-0-0");
        }
        boolean staysBelow = passed.isComparableTo(below)
                ? passed.isBelow(below)
                : passed.compareRelease(below).orElse(0) < 0;
        return staysBelow
                ? Optional.of("step " + this + " goes round in a circle: a device that has passed " + through
                        + " is still below " + below)
                : Optional.empty();
    }

    /** As it stands in the catalog. */
    @Override
    public String toString() {
        return "below " + below + " through " + through;
    }
}
