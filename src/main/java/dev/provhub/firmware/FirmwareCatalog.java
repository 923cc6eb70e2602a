package dev.provhub.firmware;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images of {@code firmware/catalog.yaml}. Immutable, so that any thread may ask. */
public final class FirmwareCatalog {
    private final List<FirmwareImage> images;
    private final Map<String, FirmwareImage> byFile = new HashMap<>();
    private final Map<String, Path> files = new HashMap<>();

    /**
     * Takes images that are in order: see {@link #complaint}.
     *
     * @throws IllegalArgumentException with the first complaint
     */
    public FirmwareCatalog(List<FirmwareImage> images) {
        this.images = List.copyOf(images);
        for (FirmwareImage image : images) {
            byFile.putIfAbsent(lower(image.file()), image);
            files.putIfAbsent(lower(image.file()), image.path());
            image.parts().forEach(part -> files.putIfAbsent(lower(String.valueOf(part.getFileName())), part));
        }
        images.stream()
                .flatMap(image -> complaint(image, images).stream())
                .findFirst()
                .ifPresent(complaint -> {
                    throw new IllegalArgumentException(complaint);
                });
    }

    /**
     * What is wrong with an image among others, empty when nothing is: its name or version is there twice, its versions
     * cannot be compared, or no image leads to the version that it needs.
     */
    public static Optional<String> complaint(FirmwareImage image, List<FirmwareImage> all) {
        if (all.stream()
                        .filter(other -> lower(other.file()).equals(lower(image.file())))
                        .count()
                > 1) {
            return Optional.of("file " + image.file() + " is there twice");
        }
        if (all.stream().filter(other -> isSameRelease(image, other)).count() > 1) {
            return Optional.of("version " + image.version() + " of family " + image.family() + " is there twice");
        }
        return image.lowest().flatMap(from -> complaintOfPath(image, from, all));
    }

    private static Optional<String> complaintOfPath(
            FirmwareImage image, FirmwareVersion from, List<FirmwareImage> all) {
        if (!from.isOrdered() || !from.isComparableTo(image.version()) || !from.isBelow(image.version())) {
            return Optional.of("'from' " + from + " is not a full version below " + image.version());
        }
        return pathTo(image, all).isEmpty()
                ? Optional.of(
                        "no image leads to " + from + ", which " + image.file() + " needs: family " + image.family()
                                + " has none from " + from + " to below " + image.version()
                                + " that can be reached from any version")
                : Optional.empty();
    }

    /** The image of a file name, case ignored. */
    public Optional<FirmwareImage> image(String fileName) {
        return Optional.ofNullable(byFile.get(lower(fileName)));
    }

    /** Where a file lies that devices may fetch: an image or a part of one; case ignored. */
    public Optional<Path> file(String fileName) {
        return Optional.ofNullable(files.get(lower(fileName)));
    }

    /** All images, in the order of the catalog. */
    public List<FirmwareImage> images() {
        return images;
    }

    /** The image of a version, empty when the family has none. */
    public Optional<FirmwareImage> image(String family, String version) {
        FirmwareVersion wanted = FirmwareVersion.parse(version);
        return images.stream()
                .filter(image ->
                        image.family().equals(family) && image.version().isSameAs(wanted))
                .findFirst();
    }

    /**
     * The fewest images that take a device of any version to a version, in the order they are installed; of two such ways
     * the one over newer images. Empty when the family has no such version.
     */
    public List<FirmwareImage> path(String family, String version) {
        return image(family, version).map(target -> pathTo(target, images)).orElse(List.of());
    }

    /** Breadth first, from the target down to an image that may be installed over anything. */
    private static List<FirmwareImage> pathTo(FirmwareImage target, List<FirmwareImage> all) {
        Deque<List<FirmwareImage>> ways = new ArrayDeque<>();
        Set<FirmwareImage> seen = new HashSet<>(Set.of(target));
        ways.add(List.of(target));
        while (!ways.isEmpty()) {
            List<FirmwareImage> way = ways.remove();
            FirmwareImage first = way.get(0);
            if (first.from() == null) {
                return way;
            }
            all.stream()
                    .filter(image -> leadsTo(image, first))
                    .sorted(Comparator.comparing(
                            FirmwareImage::version, FirmwareVersion.order().reversed()))
                    .filter(seen::add)
                    .forEach(image -> ways.add(before(image, way)));
        }
        return List.of();
    }

    private static boolean leadsTo(FirmwareImage image, FirmwareImage next) {
        return isSibling(image, next)
                && image.version().isOrdered()
                && image.version().isComparableTo(next.neededVersion())
                && !image.version().isBelow(next.neededVersion())
                && image.version().isBelow(next.version());
    }

    private static List<FirmwareImage> before(FirmwareImage first, List<FirmwareImage> way) {
        List<FirmwareImage> longer = new ArrayList<>(List.of(first));
        longer.addAll(way);
        return longer;
    }

    private static boolean isSameRelease(FirmwareImage a, FirmwareImage b) {
        return isSibling(a, b) && a.version().isSameAs(b.version());
    }

    private static boolean isSibling(FirmwareImage a, FirmwareImage b) {
        return a.family().equals(b.family());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
