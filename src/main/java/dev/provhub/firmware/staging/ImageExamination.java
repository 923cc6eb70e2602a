package dev.provhub.firmware.staging;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareFamily.Container;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.container.ContainerException;
import dev.provhub.firmware.container.Containers;
import dev.provhub.firmware.staging.StagingRequest.Told;
import dev.provhub.firmware.staging.StagingResult.Why;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an image is: its family, its version, the name that it is served by.
 *
 * @param families that models have
 */
record ImageExamination(FirmwareCatalog catalog, Set<String> families) {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._()-]{0,63}");
    /** Those that say a version themselves; a list of files has it from its name alone. */
    private static final Set<Container> TELLING = Set.of(Container.SECTORS, Container.MODULES);

    /**
     * What was found out.
     *
     * @param name     by which it is served; it holds the version
     * @param verified whether the container says the same
     */
    record Found(String name, String family, String version, Container container, boolean verified) {}

    /** Whether a file of an archive looks like an image, and not like what comes with it. */
    boolean isImage(String name, Unpacked.Item item) throws IOException {
        return Containers.kind(item.at(), name) != Container.UNDESCRIBED
                || !named(name, Container.UNDESCRIBED).isEmpty();
    }

    Found examine(String name, Unpacked.Item item, Told told) throws IOException, RefusalException {
        Container kind = Containers.kind(item.at(), name);
        FirmwareFamily family = family(name, kind, told.family());
        if (family.container() != kind) {
            throw RefusalException.unfit("the file does not begin as an image of family " + family.name()
                    + " does: it is packed as " + word(kind) + ", and should be as " + word(family.container()));
        }
        String version = version(name, item, family, told);
        String served = served(name, version, family);
        check(served, family, version, told);
        return new Found(served, family.name(), version, kind, TELLING.contains(kind));
    }

    private FirmwareFamily family(String name, Container kind, @Nullable String told) throws RefusalException {
        if (told != null) {
            if (!families.contains(told)) {
                throw RefusalException.unfit(
                        "family '" + told + "' is not one that a model of models.yaml has; allowed: "
                                + String.join(", ", new TreeSet<>(families)));
            }
            return catalog.family(told);
        }
        List<FirmwareFamily> fitting = named(name, null);
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        List<FirmwareFamily> packed =
                fitting.stream().filter(family -> family.container() == kind).toList();
        if (packed.size() == 1) {
            return packed.get(0);
        }
        throw RefusalException.unfit(
                fitting.isEmpty()
                        ? "the name '" + printable(name)
                                + "' is not how images of a family are called, so its family must be said; the catalog has "
                                + catalog.families().stream()
                                        .filter(family -> family.naming() != null)
                                        .map(family -> family.name() + " (" + family.naming() + ")")
                                        .collect(Collectors.joining(", "))
                        : "the name fits several families, so one must be said: "
                                + fitting.stream().map(FirmwareFamily::name).collect(Collectors.joining(", ")));
    }

    /** Families whose images are called like this. */
    private List<FirmwareFamily> named(String name, @Nullable Container kind) {
        return catalog.families().stream()
                .filter(family -> families.contains(family.name()))
                .filter(family -> kind == null || family.container() == kind)
                .filter(family -> family.naming() != null
                        && NamedVersion.read(name, family.naming()).isPresent())
                .toList();
    }

    private static String version(String name, Unpacked.Item item, FirmwareFamily family, Told told)
            throws IOException, RefusalException {
        Optional<String> inside;
        try {
            inside = Containers.version(item.at(), family.container());
        } catch (ContainerException e) {
            throw RefusalException.unfit("the image is not whole: " + e.getMessage());
        }
        if (family.container() == Container.LOADS) {
            inside = Optional.ofNullable(family.naming()).flatMap(naming -> NamedVersion.read(name, naming));
            if (inside.isEmpty() && told.version() == null) {
                throw RefusalException.unfit("a list of files says no version, and its name is not " + family.naming());
            }
        }
        if (family.container() == Container.UNDESCRIBED && (told.version() == null || told.sha256() == null)) {
            throw RefusalException.unfit(
                    "how images of family " + family.name()
                            + " are packed is not known, so the hub cannot look into it; its version and its SHA-256 must be said");
        }
        String version = inside.or(() -> Optional.ofNullable(told.version())).orElseThrow();
        if (told.version() != null && !FirmwareVersion.parse(version).isSameAs(FirmwareVersion.parse(told.version()))) {
            throw RefusalException.unfit(
                    "the image is of version " + version + ", and was said to be " + told.version());
        }
        if (!VERSION.matcher(version).matches()) {
            throw RefusalException.unfit("'" + printable(version) + "' is no version");
        }
        if (family.container() == Container.LOADS
                && !FirmwareVersion.parse(version).isVersion()) {
            throw RefusalException.unfit("the version text '" + version
                    + "' does not begin with three numbers; allowed: as 12-0-7MPP0201-66 or 11-3-1MSR3-3");
        }
        if (family.container() != Container.UNDESCRIBED
                && family.container() != Container.LOADS
                && !FirmwareVersion.parse(version).isOrdered()) {
            throw RefusalException.unfit(
                    "the version text '" + version
                            + "' is not one that phones can compare; allowed: three numbers and a tail, as 7.5.2b or 1.4.1(SR5)");
        }
        return version;
    }

    /** A name with the version in it. */
    private static String served(String name, String version, FirmwareFamily family) throws RefusalException {
        String naming = family.naming();
        Optional<String> named = naming == null ? Optional.empty() : NamedVersion.read(name, naming);
        if (NamedVersion.isIn(name, version)) {
            if (!StagedImage.File.isName(name)) {
                throw RefusalException.unfit("the name '" + printable(name)
                        + "' may hold letters, digits, '.', '_' and '-' only, at most 128 of them");
            }
            return name;
        }
        if (named.isPresent()) {
            throw RefusalException.unfit(
                    "the name says version " + named.get() + ", and the image is of version " + version);
        }
        if (naming == null) {
            throw RefusalException.unfit("the name '" + printable(name) + "' does not hold the version " + version
                    + ", by which phones tell one image from another; allowed: a name with it");
        }
        return NamedVersion.filled(naming, version);
    }

    private void check(String name, FirmwareFamily family, String version, Told told) throws RefusalException {
        FirmwareVersion parsed = FirmwareVersion.parse(version);
        Optional<String> objection = family.objection(parsed);
        if (objection.isPresent()) {
            throw RefusalException.unfit(
                    "version " + version + " of family " + family.name() + " is " + objection.get());
        }
        Optional<FirmwareImage> same = catalog.image(family.name(), version)
                .filter(other -> !other.file().equalsIgnoreCase(name));
        if (same.isPresent()) {
            throw new RefusalException(
                    Why.CONFLICT,
                    "version " + version + " of family " + family.name() + " is there already, as "
                            + same.get().file());
        }
        bound("from", told.from(), parsed, true);
        bound("until", told.until(), parsed, false);
    }

    private static void bound(String what, @Nullable String told, FirmwareVersion version, boolean mustBeBelow)
            throws RefusalException {
        if (told == null) {
            return;
        }
        FirmwareVersion bound = FirmwareVersion.parse(told);
        if (!bound.isOperand() || !bound.isComparableTo(version) || (mustBeBelow && !bound.isBelow(version))) {
            throw RefusalException.unfit("'" + what + "' " + printable(told) + " is not a version in full"
                    + (mustBeBelow ? " below " : " of the same form as ") + version);
        }
    }

    static String word(Container container) {
        return container.name().toLowerCase(Locale.ROOT);
    }

    static String printable(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
