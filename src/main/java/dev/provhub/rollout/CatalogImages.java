package dev.provhub.rollout;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwarePath;
import java.util.Optional;
import java.util.function.Supplier;

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

    @Override
    public Optional<String> noWay(String family, String running, String version, boolean down) {
        // Without the image it is the rollout that waits, not the device that is left
        return complaint(family, version).isEmpty()
                        && catalog.get().path(family, running, version, down) instanceof FirmwarePath.None none
                ? Optional.of(none.why())
                : Optional.empty();
    }
}
