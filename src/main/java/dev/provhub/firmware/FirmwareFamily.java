package dev.provhub.firmware;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all images of a family: how they are packed and called, and which way devices must go.
 *
 * @param name      as in {@code models.yaml}
 * @param container how they are packed
 * @param naming    what they are called, with {@code {version}} in it; null when nobody has said
 * @param steps     versions that must be passed
 * @param bad       versions that are never offered, each with the reason
 * @param floor     lowest version that is ever offered, and down to which devices may be taken back; null when nobody is taken back
 * @param order     versions from low to high, to place those that the grammar cannot; may be empty
 */
public record FirmwareFamily(
        String name,
        Container container,
        @Nullable String naming,
        List<ForcedStep> steps,
        Map<String, String> bad,
        @Nullable FirmwareVersion floor,
        List<FirmwareVersion> order) {
    /** Copies lists and map. */
    public FirmwareFamily {
        steps = List.copyOf(steps);
        bad = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(bad));
        order = List.copyOf(order);
    }

    /** How images are packed. */
    public enum Container {
        /** A header of 128 bytes with a table of sectors. */
        SECTORS,
        /** A header of 136 bytes with a table of modules and their digests. */
        MODULES,
        /** A list of further files. */
        LOADS,
        /** Nobody has described it. */
        UNDESCRIBED
    }

    /** A family of which nothing is said. */
    public static FirmwareFamily plain(String name) {
        return new FirmwareFamily(name, Container.UNDESCRIBED, null, List.of(), Map.of(), null, List.of());
    }

    /** Why a version is never offered; empty when nothing speaks against it. */
    public Optional<String> objection(FirmwareVersion version) {
        for (Map.Entry<String, String> known : bad.entrySet()) {
            if (version.isSameAs(FirmwareVersion.parse(known.getKey()))) {
                return Optional.of("known bad: " + known.getValue());
            }
        }
        OptionalInt toFloor = floor == null ? OptionalInt.empty() : compare(version, floor);
        if (floor != null && (toFloor.isEmpty() || toFloor.getAsInt() < 0)) {
            return Optional.of("not known to be at or above the floor " + floor);
        }
        return Optional.empty();
    }

    /**
     * The order of two versions, negative when the first is older: by their grammar, else as the family's own order says, else by the
     * three numbers in front; empty when none of them tells.
     */
    public OptionalInt compare(FirmwareVersion left, FirmwareVersion right) {
        if (left.isComparableTo(right)) {
            return OptionalInt.of(FirmwareVersion.order().compare(left, right));
        }
        if (left.isSameAs(right)) {
            return OptionalInt.of(0);
        }
        int first = place(left);
        int second = place(right);
        if (first >= 0 && second >= 0) {
            return OptionalInt.of(Integer.compare(first, second));
        }
        return left.compareRelease(right);
    }

    /** From new to old within a grammar. */
    static Comparator<FirmwareVersion> newestFirst() {
        return Comparator.comparing(FirmwareVersion::grammar)
                .thenComparing((left, right) ->
                        left.isComparableTo(right) ? FirmwareVersion.order().compare(right, left) : 0);
    }

    private int place(FirmwareVersion version) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).isSameAs(version)) {
                return i;
            }
        }
        return -1;
    }

    /** What is wrong with its order of versions; empty when nothing is. */
    public Optional<String> complaintOfOrder() {
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                FirmwareVersion first = order.get(i);
                FirmwareVersion second = order.get(j);
                if (first.isSameAs(second)) {
                    return Optional.of("'order' goes round in a circle: it has " + second + " twice");
                }
                OptionalInt natural = first.isComparableTo(second)
                        ? OptionalInt.of(FirmwareVersion.order().compare(first, second))
                        : first.compareRelease(second);
                if (natural.isPresent() && natural.getAsInt() > 0) {
                    return Optional.of("'order' goes round in a circle: it has " + first + " before " + second
                            + ", which phones compare the other way");
                }
            }
        }
        return Optional.empty();
    }
}
