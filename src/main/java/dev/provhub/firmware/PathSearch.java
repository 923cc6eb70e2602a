package dev.provhub.firmware;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds ways over the images of one family. Every step goes towards the target and never back, so there is no loop; whatever may not be
 * installed over a version is no step from it.
 */
final class PathSearch {
    private final FirmwareFamily family;
    private final List<FirmwareImage> images;

    /** @param images that may be used, of this family alone */
    PathSearch(FirmwareFamily family, List<FirmwareImage> images) {
        this.family = family;
        this.images = images.stream()
                .sorted(Comparator.comparing(FirmwareImage::version, FirmwareFamily.newestFirst()))
                .toList();
    }

    /** Where a device stands. */
    @FunctionalInterface
    interface Start {
        /** A device that may run anything: below every version. */
        Start ANY = version -> OptionalInt.of(-1);

        /** Negative when it is below a version, 0 when it is that; empty when nobody knows. */
        OptionalInt to(FirmwareVersion version);
    }

    Start at(FirmwareVersion running) {
        return version -> family.compare(running, version);
    }

    /** The fewest images from a start to one of them; among such ways the one that begins with the newest. Empty when there is none. */
    List<FirmwareImage> path(Start start, FirmwareImage target) {
        OptionalInt order = start.to(target.version());
        if (order.isEmpty() || order.getAsInt() == 0 || !images.contains(target)) {
            return List.of();
        }
        boolean up = order.getAsInt() < 0;
        Deque<List<FirmwareImage>> ways = new ArrayDeque<>();
        Set<FirmwareImage> seen = new HashSet<>();
        ways.add(List.of());
        while (!ways.isEmpty()) {
            List<FirmwareImage> way = ways.remove();
            Start here = way.isEmpty() ? start : at(way.get(way.size() - 1).version());
            for (FirmwareImage next : images) {
                if (isBetween(next, target, up) && mayLoad(here, next, up) && seen.add(next)) {
                    List<FirmwareImage> longer = new ArrayList<>(way);
                    longer.add(next);
                    if (next.equals(target)) {
                        return longer;
                    }
                    ways.add(longer);
                }
            }
        }
        return List.of();
    }

    private boolean isBetween(FirmwareImage next, FirmwareImage target, boolean up) {
        OptionalInt order = family.compare(next.version(), target.version());
        // A phone cannot compare a version outside the grammar: from there it would go no further by itself
        return next.equals(target)
                || (next.version().isOperand()
                        && order.isPresent()
                        && (up ? order.getAsInt() < 0 : order.getAsInt() > 0));
    }

    private boolean mayLoad(Start here, FirmwareImage next, boolean up) {
        OptionalInt order = here.to(next.version());
        if (order.isEmpty() || (up ? order.getAsInt() >= 0 : order.getAsInt() <= 0)) {
            return false;
        }
        return isAt(here, next.from(), 1)
                && isAt(here, next.until(), -1)
                && (!up || family.steps().stream().allMatch(step -> isPassed(here, step, next)));
    }

    /** Whether it is a version, or on its one side. */
    private static boolean isAt(Start here, @Nullable FirmwareVersion bound, int side) {
        OptionalInt order = bound == null ? OptionalInt.of(0) : here.to(bound);
        return order.isPresent() && Integer.signum(order.getAsInt()) != -side;
    }

    private boolean isPassed(Start here, ForcedStep step, FirmwareImage next) {
        OptionalInt order = here.to(step.below());
        if (order.isPresent() && order.getAsInt() >= 0) {
            return true;
        }
        OptionalInt after = family.compare(next.version(), step.below());
        return step.isThrough(next.version()) || (after.isPresent() && after.getAsInt() < 0);
    }

    /**
     * The ways of all versions of the grammar to one of them.
     *
     * @param down whether newer versions are taken back
     */
    List<Leg> legs(FirmwareImage target, boolean down) {
        List<FirmwareVersion> corners = corners(target);
        List<Leg> legs = new ArrayList<>();
        FirmwareImage last = null;
        int begin = 0;
        boolean gap = false;
        for (int region = 0; region <= 2 * corners.size() + 1; region++) {
            FirmwareImage next = region > 2 * corners.size() ? null : first(region, corners, target, down);
            boolean ends = region > 2 * corners.size() || !Objects.equals(next, last);
            if (ends && last != null) {
                legs.add(new Leg(last, gap ? bound(corners, begin, true) : null, bound(corners, region - 1, false)));
            }
            if (ends) {
                gap |= last == null && region > 0;
                begin = region;
                last = next;
            }
        }
        return legs;
    }

    /** The versions at which something changes, from low to high; between two of them all versions are alike. */
    private List<FirmwareVersion> corners(FirmwareImage target) {
        List<FirmwareVersion> sorted = Stream.concat(
                        images.stream().flatMap(image -> Stream.of(image.version(), image.from(), image.until())
                                .filter(Objects::nonNull)),
                        family.steps().stream().map(ForcedStep::below))
                .filter(version -> version.isOperand() && version.isComparableTo(target.version()))
                .sorted(FirmwareVersion.order())
                .toList();
        List<FirmwareVersion> corners = new ArrayList<>();
        for (FirmwareVersion version : sorted) {
            if (corners.isEmpty() || !corners.get(corners.size() - 1).isSameAs(version)) {
                corners.add(version);
            }
        }
        return corners;
    }

    /** @param region odd for a corner, even for what lies between two of them */
    private @Nullable FirmwareImage first(
            int region, List<FirmwareVersion> corners, FirmwareImage target, boolean down) {
        Start start = region % 2 == 1
                ? at(corners.get(region / 2))
                : version -> {
                    for (int i = 0; i < corners.size(); i++) {
                        if (corners.get(i).isSameAs(version)) {
                            return OptionalInt.of(Integer.compare(region, 2 * i + 1));
                        }
                    }
                    return OptionalInt.empty();
                };
        OptionalInt order = start.to(target.version());
        if (order.isEmpty() || (order.getAsInt() > 0 && !down)) {
            return null;
        }
        List<FirmwareImage> way = path(start, target);
        return way.isEmpty() ? null : way.get(0);
    }

    private static Leg.@Nullable Bound bound(List<FirmwareVersion> corners, int region, boolean low) {
        if (region % 2 == 1) {
            return new Leg.Bound(corners.get(region / 2), true);
        }
        int corner = low ? region / 2 - 1 : region / 2;
        return corner < 0 || corner >= corners.size() ? null : new Leg.Bound(corners.get(corner), false);
    }
}
