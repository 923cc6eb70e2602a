package dev.provhub.config;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code firmware/catalog.yaml}, and what the hub wrote of staged images. */
public final class FirmwareCatalogReader {
    private static final Set<String> FACTS =
            Set.of("file", "family", "version", "from", "until", "parts", "sha256", "notes");

    /** What the phones' rules and every file system take. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    /** The hub's own files lie beside the images. */
    private static final String OWN = ".yaml";

    static final String VERSION_FORMS = "three numbers and what follows, as 7.6.2g or 11-3-7MPP0101-284";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final @Nullable Set<String> families;
    private final boolean running;
    private final Path folder;

    private FirmwareCatalogReader(Path catalog, @Nullable Set<String> families, boolean running) {
        this.families = families;
        this.running = running;
        Path parent = catalog.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
    }

    /**
     * Reads the catalog; the images lie beside it. Any family is taken.
     *
     * @throws IllegalConfigurationException when something is wrong, with file and line: also a file that is not there, and
     *     a version that nothing leads to
     */
    public static FirmwareCatalog read(Path catalog) {
        return new FirmwareCatalogReader(catalog, null, false).readAll(catalog);
    }

    /**
     * As {@link #read(Path)}, and refuses a family that no model has.
     *
     * @param families that models have
     */
    public static FirmwareCatalog read(Path catalog, Set<String> families) {
        return new FirmwareCatalogReader(catalog, families, false).readAll(catalog);
    }

    /** As {@link #read(Path, Set)} for a hub that runs: an image whose file has gone is no longer offered, and all else goes on. */
    public static FirmwareCatalog reread(Path catalog, Set<String> families) {
        return new FirmwareCatalogReader(catalog, families, true).readAll(catalog);
    }

    private FirmwareCatalog readAll(Path file) {
        YamlNode catalog = YamlNode.read(file).allow(Set.of("images", "families"));
        List<FirmwareFamily> facts = new ArrayList<>();
        catalog.find("families").ifPresent(all -> all.entries().forEach((name, node) -> {
            known(node, name);
            facts.add(FirmwareFamilyReader.family(name, node));
        }));
        List<YamlNode> nodes = catalog.get("images").items();
        List<FirmwareImage> images = new ArrayList<>();
        Map<String, FirmwareImage> staged = new HashMap<>();
        StagedImagesReader.read(folder).forEach(image -> staged.put(image.file(), image));
        for (YamlNode node : nodes) {
            FirmwareImage image = image(node);
            FirmwareImage same = staged.remove(image.file());
            images.add(same == null ? image : completed(image, same));
        }
        staged.values().stream()
                .sorted(java.util.Comparator.comparing(FirmwareImage::file))
                .forEach(image -> images.add(besides(image, images)));
        FirmwareCatalog read = new FirmwareCatalog(images, facts);
        catalog.find("families").ifPresent(all -> all.entries().forEach((name, node) -> node.find("floor")
                .ifPresent(floor -> checkFloor(floor, read.family(name), images))));
        for (int i = 0; i < nodes.size(); i++) {
            YamlNode node = nodes.get(i);
            read.complaint(images.get(i)).ifPresent(complaint -> {
                throw node.problem(complaint);
            });
        }
        return read;
    }

    private void known(YamlNode node, String family) {
        if (families != null && !families.contains(family)) {
            throw node.problem(
                    "family '" + family + "' is not one that a model of models.yaml has as its firmware; allowed: "
                            + String.join(", ", new TreeSet<>(families)));
        }
    }

    /** A floor that none of the images can be compared with would keep back all of them. */
    private static void checkFloor(YamlNode node, FirmwareFamily family, List<FirmwareImage> images) {
        FirmwareVersion floor = FirmwareVersion.parse(node.text());
        List<FirmwareVersion> versions = images.stream()
                .filter(image -> image.family().equals(family.name()))
                .map(FirmwareImage::version)
                .toList();
        if (!versions.isEmpty() && versions.stream().noneMatch(version -> version.isComparableTo(floor))) {
            throw node.problem("floor " + floor
                    + " is of another form than the versions of the family's images, such as " + versions.get(0));
        }
    }

    /** What an operator wrote counts; what staging found out is added. */
    private static FirmwareImage completed(FirmwareImage written, FirmwareImage staged) {
        boolean same =
                written.family().equals(staged.family()) && written.version().isSameAs(staged.version());
        return new FirmwareImage(
                written.file(),
                written.path(),
                written.family(),
                written.version(),
                written.from(),
                written.until(),
                written.parts().isEmpty() ? staged.parts() : written.parts(),
                written.sha256() == null ? staged.sha256() : written.sha256(),
                written.notes(),
                new FirmwareImage.Standing(
                        FirmwareImage.Origin.CATALOG,
                        same && staged.standing().verified(),
                        written.standing().withheld() == null
                                ? staged.standing().withheld()
                                : written.standing().withheld(),
                        written.standing().served() && staged.standing().served()));
    }

    /** A staged image of a version that an operator, or another hub, has under another name is kept back. */
    private static FirmwareImage besides(FirmwareImage staged, List<FirmwareImage> images) {
        return images.stream()
                .filter(other -> FirmwareCatalog.isSameRelease(other, staged))
                .filter(FirmwareImage::isOffered)
                .findFirst()
                .map(other -> staged.withheld("the catalog has the version as " + other.file(), true))
                .orElse(staged);
    }

    private FirmwareImage image(YamlNode node) {
        node.allow(FACTS);
        YamlNode file = node.get("file");
        String family = node.get("family").text();
        known(node.get("family"), family);
        Path path = named(file);
        List<YamlNode> parts = node.find("parts").map(YamlNode::items).orElse(List.of());
        String missing = existing(file, path);
        for (YamlNode part : parts) {
            String gone = existing(part, named(part));
            missing = missing == null ? gone : missing;
        }
        FirmwareImage image = new FirmwareImage(
                file.text(),
                path,
                family,
                version(node.get("version")),
                node.findText("from").map(FirmwareVersion::parse).orElse(null),
                node.findText("until").map(FirmwareVersion::parse).orElse(null),
                parts.stream().map(this::named).toList(),
                sha256(node),
                node.findText("notes").orElse(""),
                FirmwareImage.Standing.DESCRIBED);
        return missing == null ? image : image.withheld(missing, false);
    }

    private static FirmwareVersion version(YamlNode node) {
        FirmwareVersion version = FirmwareVersion.parse(node.text());
        if (!version.isVersion()) {
            throw node.problem("version '" + node.text() + "' is none; allowed: " + VERSION_FORMS);
        }
        return version;
    }

    private Path named(YamlNode name) {
        if (name.text().toLowerCase(Locale.ROOT).endsWith(OWN)) {
            throw name.problem("file name '" + name.text() + "' is not allowed: files that end in " + OWN
                    + " are the hub's own and are given to nobody");
        }
        if (!FILE_NAME.matcher(name.text()).matches()) {
            throw name.problem("file name '" + name.text() + "' may hold letters, digits, '.', '_' and '-' only");
        }
        return folder.resolve(name.text());
    }

    /** What is told of a file that is not there; null when it is. */
    private @Nullable String existing(YamlNode name, Path path) {
        if (Files.isRegularFile(path)) {
            return null;
        }
        if (!running) {
            throw name.problem("there is no file " + name.text() + " in " + folder);
        }
        return "there is no file " + name.text();
    }

    private static @Nullable String sha256(YamlNode node) {
        return node.find("sha256")
                .map(sum -> {
                    if (!SHA256.matcher(sum.text()).matches()) {
                        throw sum.problem("sha256 is not 64 lower-case hex digits");
                    }
                    return sum.text();
                })
                .orElse(null);
    }
}
