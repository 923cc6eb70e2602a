package dev.provhub.firmware;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The images that the hub knows, and which ways lead over them. Immutable, so that any thread may ask. */
public final class FirmwareCatalog {
    private final List<FirmwareImage> images;
    private final Map<String, FirmwareFamily> families;
    private final Map<String, FirmwareImage> byFile = new HashMap<>();
    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, PathSearch> searches;
    private final Map<Walk, List<Leg>> walks = new ConcurrentHashMap<>();

    private record Walk(String file, boolean down) {}

    /** Takes images of families of which nothing is said. They should be in order: see {@link #complaint}. */
    public FirmwareCatalog(List<FirmwareImage> images) {
        this(images, List.of());
    }

    /**
     * Takes images that should be in order: see {@link #complaint}. One that its family speaks against is kept back.
     *
     * @param families of which something is said
     */
    public FirmwareCatalog(List<FirmwareImage> images, List<FirmwareFamily> families) {
        this.families = families.stream().collect(Collectors.toUnmodifiableMap(FirmwareFamily::name, one -> one));
        this.images = images.stream().map(this::judged).toList();
        for (FirmwareImage image : this.images) {
            byFile.putIfAbsent(lower(image.file()), image);
            if (image.standing().served()) {
                files.putIfAbsent(lower(image.file()), image.path());
                image.parts().forEach(part -> files.putIfAbsent(lower(String.valueOf(part.getFileName())), part));
            }
        }
        this.searches = this.images.stream()
                .map(FirmwareImage::family)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> search(name, FirmwareImage::isOffered)));
    }

    /** What its family speaks against is neither offered nor given. */
    private FirmwareImage judged(FirmwareImage image) {
        return family(image.family())
                .objection(image.version())
                .map(objection -> image.withheld(objection, false))
                .orElse(image);
    }

    /** Over those that are offered, of a family that has images. */
    private PathSearch searchOf(String family) {
        return Objects.requireNonNull(searches.get(family), family);
    }

    private PathSearch search(String family, java.util.function.Predicate<FirmwareImage> which) {
        return new PathSearch(
                family(family),
                images.stream()
                        .filter(image -> image.family().equals(family))
                        .filter(which)
                        .toList());
    }

    /**
     * What is wrong with an image among the others, empty when nothing is: its name or version is there twice, its versions cannot be
     * compared, no image leads to the version that it needs, or no device could ever come to it.
     */
    public Optional<String> complaint(FirmwareImage image) {
        if (images.stream()
                        .filter(other -> lower(other.file()).equals(lower(image.file())))
                        .count()
                > 1) {
            return Optional.of("file " + image.file() + " is there twice");
        }
        if (images.stream().filter(other -> isSameRelease(image, other)).count() > 1) {
            return Optional.of("version " + image.version() + " of family " + image.family() + " is there twice");
        }
        FirmwareImage own = image(image.file()).orElse(image);
        return complaintOfBounds(own)
                .or(() -> complaintOfStep(own))
                .or(() -> own.lowest().flatMap(from -> complaintOfPath(own, from)))
                .or(() -> complaintOfTarget(own));
    }

    private static Optional<String> complaintOfBounds(FirmwareImage image) {
        FirmwareVersion from = image.from();
        if (from != null
                && (!from.isOperand() || !from.isComparableTo(image.version()) || !from.isBelow(image.version()))) {
            return Optional.of("'from' " + from + " is not a full version below " + image.version() + standing(from));
        }
        FirmwareVersion until = image.until();
        if (until != null
                && (!until.isOperand()
                        || !until.isComparableTo(image.version())
                        || (from != null && until.isBelow(from)))) {
            return Optional.of("'until' " + until + " is not a full version of the same form as " + image.version()
                    + standing(until) + (from == null ? "" : " from " + from + " on"));
        }
        return Optional.empty();
    }

    private static String standing(FirmwareVersion bound) {
        return bound.isOrdered() && !bound.isOperand()
                ? ", and one with digits in brackets cannot stand in a rule"
                : "";
    }

    private Optional<String> complaintOfStep(FirmwareImage image) {
        FirmwareVersion from = image.from();
        return family(image.family()).steps().stream()
                .filter(step -> from != null
                        && step.isThrough(image.version())
                        && from.isComparableTo(step.below())
                        && !from.isBelow(step.below()))
                .findFirst()
                .map(step -> "step " + step + " goes round in a circle: " + image.file()
                        + " is the way for what runs less than " + step.below() + ", and needs " + from);
    }

    private Optional<String> complaintOfTarget(FirmwareImage image) {
        return !image.version().isOperand()
                        || !search(image.family(), any -> true)
                                .legs(image, true)
                                .isEmpty()
                ? Optional.empty()
                : Optional.of("no device can ever come to " + image.version() + ": its bounds, and the steps of family "
                        + image.family() + ", leave none over which it may be installed");
    }

    /** Kept back or not: what was retired must not stop the hub. */
    private Optional<String> complaintOfPath(FirmwareImage image, FirmwareVersion from) {
        PathSearch all = search(image.family(), any -> true);
        // A device that could be anything, or else one that was never below the steps
        boolean reached = !all.path(PathSearch.Start.ANY, image).isEmpty()
                || family(image.family()).steps().stream()
                        .anyMatch(step -> step.below().isComparableTo(from)
                                && !from.isBelow(step.below())
                                && !all.path(all.at(step.below()), image).isEmpty());
        return reached
                ? Optional.empty()
                : Optional.of(
                        "no image leads to " + from + ", which " + image.file() + " needs: family " + image.family()
                                + " has none from " + from + " to below " + image.version()
                                + " that can be reached from any version");
    }

    /** What is said of a family; of one that nobody speaks of, that there is nothing to say. */
    public FirmwareFamily family(String name) {
        FirmwareFamily known = families.get(name);
        return known == null ? FirmwareFamily.plain(name) : known;
    }

    /** All families of which something is said, by name. */
    public List<FirmwareFamily> families() {
        return families.values().stream()
                .sorted(Comparator.comparing(FirmwareFamily::name))
                .toList();
    }

    /** The image of a file name, case ignored. */
    public Optional<FirmwareImage> image(String fileName) {
        return Optional.ofNullable(byFile.get(lower(fileName)));
    }

    /** Where a file lies that devices may fetch: an image or a part of one; case ignored. */
    public Optional<Path> file(String fileName) {
        return Optional.ofNullable(files.get(lower(fileName)));
    }

    /** Whose image, or part of an image, a file is; case ignored, empty for none that is known. */
    public Optional<String> familyOf(String fileName) {
        return images.stream()
                .filter(image -> image.file().equalsIgnoreCase(fileName)
                        || image.parts().stream()
                                .anyMatch(part -> part.getFileName().toString().equalsIgnoreCase(fileName)))
                .map(FirmwareImage::family)
                .findFirst();
    }

    /** All images, in the order of the catalog, staged ones after it. */
    public List<FirmwareImage> images() {
        return images;
    }

    /** The image of a version, whether it is offered or not; empty when the family has none. */
    public Optional<FirmwareImage> image(String family, String version) {
        FirmwareVersion wanted = FirmwareVersion.parse(version);
        return images.stream()
                .filter(image ->
                        image.family().equals(family) && image.version().isSameAs(wanted))
                .findFirst();
    }

    /**
     * The fewest images that take a device of any version to a version, in the order they are installed; of two such ways
     * the one over newer images. Empty when the family has no such version, or not every device may go there.
     */
    public List<FirmwareImage> path(String family, String version) {
        return image(family, version)
                .map(target -> searchOf(family).path(PathSearch.Start.ANY, target))
                .orElse(List.of());
    }

    /**
     * How a device comes from the version that it runs to another.
     *
     * @param running as the device tells it
     * @param down    whether it may be taken back to an older one; a family with a {@code floor} allows that, down to it, and no
     *     other does
     */
    public FirmwarePath path(String family, String running, String version, boolean down) {
        Optional<FirmwareImage> target = image(family, version);
        if (target.isEmpty()) {
            return new FirmwarePath.None("there is no image of version " + version + " for family " + family);
        }
        if (target.get().standing().withheld() != null) {
            return new FirmwarePath.None(target.get().file() + " is not offered: "
                    + target.get().standing().withheld());
        }
        FirmwareVersion here = FirmwareVersion.parse(running);
        OptionalInt order = family(family).compare(here, target.get().version());
        if (order.isEmpty()) {
            return new FirmwarePath.None("versions " + here + " and " + version + " have no order; 'order' of family "
                    + family + " in the catalog may give them one");
        }
        if (order.getAsInt() == 0) {
            return new FirmwarePath.Arrived();
        }
        if (order.getAsInt() > 0 && (!down || family(family).floor() == null)) {
            return new FirmwarePath.None(version + " is older than " + here
                    + (down ? ", and family " + family + " has no 'floor' down to which devices are taken back" : ""));
        }
        PathSearch search = searchOf(family);
        List<FirmwareImage> way = search.path(search.at(here), target.get());
        return way.isEmpty()
                ? new FirmwarePath.None("no images lead from " + here + " to " + version + " by the catalog's rules")
                : new FirmwarePath.Way(way);
    }

    /**
     * The ways of devices of whatever version to one, as one conditional rule has them. None when the family has no such version, it is
     * not offered, or it cannot stand in a condition.
     *
     * @param down see {@link #path(String, String, String, boolean)}
     */
    public List<Leg> legs(String family, String version, boolean down) {
        return image(family, version)
                .filter(target -> target.isOffered() && target.version().isOperand())
                .map(target -> walks.computeIfAbsent(
                        new Walk(target.file(), down && family(family).floor() != null),
                        walk -> searchOf(family).legs(target, walk.down())))
                .orElse(List.of());
    }

    /** Whether two images are of one family and version. */
    public static boolean isSameRelease(FirmwareImage a, FirmwareImage b) {
        return a.family().equals(b.family()) && a.version().isSameAs(b.version());
    }

    static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
