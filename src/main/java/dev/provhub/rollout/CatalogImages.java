package dev.provhub.rollout;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwarePath;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the firmware catalog. */
public final class CatalogImages implements RolloutImages {
    private final Supplier<FirmwareCatalog> catalog;
    private volatile Whole last;

    /**
     * The catalog as if no file were away.
     *
     * @param of the catalog as it is
     */
    private record Whole(FirmwareCatalog of, FirmwareCatalog catalog) {}

    /** @param catalog as it is now */
    public CatalogImages(Supplier<FirmwareCatalog> catalog) {
        this.catalog = catalog;
        FirmwareCatalog now = catalog.get();
        this.last = new Whole(now, whole(now));
    }

    @Override
    public Optional<String> complaint(String family, String version) {
        Optional<FirmwareImage> image = catalog.get().image(family, version);
        if (image.isEmpty()) {
            return Optional.of("the firmware catalog has no version '" + version + "' of family " + family);
        }
        return Optional.ofNullable(image.get().standing().withheld())
                .map(why -> image.get().file() + " of the firmware catalog is not offered: " + why);
    }

    @Override
    public Optional<String> noWay(String family, String running, String version, boolean down) {
        return whole().path(family, running, version, down) instanceof FirmwarePath.None none
                ? Optional.of(none.why())
                : Optional.empty();
    }

    @Override
    public boolean isAway(String family, String running, String version, boolean down) {
        FirmwareCatalog now = catalog.get();
        FirmwareCatalog whole = whole();
        return whole != now
                && now.path(family, running, version, down) instanceof FirmwarePath.None
                && !(whole.path(family, running, version, down) instanceof FirmwarePath.None);
    }

    @Override
    public List<String> away(String family) {
        FirmwareCatalog now = catalog.get();
        return now.images().stream()
                .filter(image -> image.family().equals(family) && isAway(image, now))
                .map(image -> image.file() + " is away: " + image.standing().withheld())
                .toList();
    }

    private FirmwareCatalog whole() {
        FirmwareCatalog now = catalog.get();
        Whole known = last;
        if (known.of() != now) {
            known = new Whole(now, whole(now));
            last = known;
        }
        return known.catalog();
    }

    private static FirmwareCatalog whole(FirmwareCatalog now) {
        return now.images().stream().noneMatch(image -> isAway(image, now))
                ? now
                : new FirmwareCatalog(
                        now.images().stream()
                                .map(image -> isAway(image, now) ? image.offered() : image)
                                .toList(),
                        now.families());
    }

    /** What was retired, or what its family speaks against, is not away but out of use. */
    private static boolean isAway(FirmwareImage image, FirmwareCatalog now) {
        return !image.standing().served()
                && now.family(image.family()).objection(image.version()).isEmpty();
    }
}
