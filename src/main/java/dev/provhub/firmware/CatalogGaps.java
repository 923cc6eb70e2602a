package dev.provhub.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Ways that a catalog asks for and has no image for. Not wrong: perhaps no such device is left. But whoever has one should know. */
public final class CatalogGaps {
    private CatalogGaps() {}

    /** One line each for people; none when every step that leads to something can be gone. */
    public static List<String> of(FirmwareCatalog catalog) {
        List<String> gaps = new ArrayList<>();
        for (FirmwareFamily family : catalog.families()) {
            List<FirmwareVersion> offered = catalog.images().stream()
                    .filter(image -> image.family().equals(family.name()) && image.isOffered())
                    .map(FirmwareImage::version)
                    .toList();
            family.steps().stream()
                    .filter(step -> offered.stream().noneMatch(step::isThrough)
                            && offered.stream().anyMatch(version -> isBeyond(family, version, step)))
                    .map(step -> "firmware of family " + family.name() + ": no image of " + step.through()
                            + " is offered, so devices that run less than " + step.below()
                            + " get nothing from there on")
                    .forEach(gaps::add);
        }
        return gaps;
    }

    private static boolean isBeyond(FirmwareFamily family, FirmwareVersion version, ForcedStep step) {
        OptionalInt order = family.compare(version, step.below());
        return order.isPresent() && order.getAsInt() >= 0;
    }
}
