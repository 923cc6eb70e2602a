package dev.provhub.ops;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether every image of the catalog lies where it should, and is what it should be. */
public final class FirmwareHealth extends HubCheck {
    private final Supplier<FirmwareCatalog> catalog;

    /** Needs the catalog as it is now. */
    public FirmwareHealth(Supplier<FirmwareCatalog> catalog) {
        super("firmware");
        this.catalog = catalog;
    }

    @Override
    protected Finding look() {
        FirmwareCatalog now = catalog.get();
        String broken = now.images().stream()
                .filter(image -> !image.standing().served())
                .filter(image ->
                        now.family(image.family()).objection(image.version()).isEmpty())
                .map(FirmwareHealth::told)
                .collect(Collectors.joining(", "));
        return broken.isEmpty()
                ? Finding.up()
                : Finding.degraded(
                        "images are not given to devices: " + broken + "; put the files back, or stage them again");
    }

    private static String told(FirmwareImage image) {
        return image.file() + " (" + image.standing().withheld() + ")";
    }

    /** The hub serves all else. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
