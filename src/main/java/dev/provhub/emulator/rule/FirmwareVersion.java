package dev.provhub.emulator.rule;

import java.util.Optional;
import java.util.OptionalInt;

/** A firmware version as a bare operand: {@code 7.5.2b} of the SPA or {@code sip88xx.11-3-2MPP0001-609} of the MPP. */
public sealed interface FirmwareVersion permits DottedVersion, DashedVersion {

    /** Reads a version; empty when it has neither shape. */
    static Optional<FirmwareVersion> parse(String text) {
        Optional<FirmwareVersion> dotted = DottedVersion.find(text).map(FirmwareVersion.class::cast);
        return dotted.isPresent() ? dotted : DashedVersion.find(text).map(FirmwareVersion.class::cast);
    }

    /**
     * The order of two versions, negative when the first is older.
     *
     * @return empty when one is no version or the two have different shapes
     */
    static OptionalInt order(String left, String right) {
        Optional<FirmwareVersion> first = parse(left);
        Optional<FirmwareVersion> second = parse(right);
        return first.isPresent() && second.isPresent() ? first.get().orderTo(second.get()) : OptionalInt.empty();
    }

    /** See {@link #order(String, String)}. */
    OptionalInt orderTo(FirmwareVersion other);
}
