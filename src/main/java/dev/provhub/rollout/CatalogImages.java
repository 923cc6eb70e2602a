package dev.provhub.rollout;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwarePath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the firmware catalog.
 *
 * @param catalog as it is now
 */
public record CatalogImages(Supplier<FirmwareCatalog> catalog) implements RolloutImages {
    @Override
    public Optional<String> complaint(String family, String version) {
        Optional<FirmwareImage> image = catalog.get().image(family, version);
        if (image.isEmpty()) {
            return Optional.of("the firmware catalog has no version '" + version + "' of family " + family);
        }
        return Optional.ofNullable(image.get().standing().withheld())
                .map(why -> image.get().file() + " of the firmware catalog is not offered: " + why);
    }

    /** One that was retired is away for good. */
    @Override
    public Optional<String> stepAway(String family, String version) {
        FirmwareCatalog now = catalog.get();
        Map<String, FirmwareImage> away = now.images().stream()
                .filter(image -> image.family().equals(family)
                        && !image.standing().served()
                        && now.family(family).objection(image.version()).isEmpty())
                .collect(Collectors.toMap(FirmwareImage::file, image -> image));
        if (away.isEmpty()) {
            return Optional.empty();
        }
        List<FirmwareImage> whole = now.images().stream()
                .map(image -> away.containsKey(image.file()) ? image.offered() : image)
                .toList();
        return new FirmwareCatalog(whole, now.families())
                .legs(family, version, false).stream()
                        .map(leg -> away.get(leg.image().file()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(image -> image.file() + ", a step on the way to " + version + ", is not given: "
                                + image.standing().withheld());
    }

    @Override
    public Optional<String> noWay(String family, String running, String version, boolean down) {
        // Without an image it is the rollout that waits, not the device that is left
        return (down ? complaint(family, version) : missing(family, version)).isEmpty()
                        && catalog.get().path(family, running, version, down) instanceof FirmwarePath.None none
                ? Optional.of(none.why())
                : Optional.empty();
    }
}
