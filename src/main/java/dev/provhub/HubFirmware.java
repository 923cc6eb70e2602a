package dev.provhub;

import dev.provhub.config.FirmwareCatalogReader;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.StagedImagesReader;
import dev.provhub.config.TextFiles;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.firmware.CatalogGaps;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.ImageChecksums;
import dev.provhub.firmware.staging.ImageRemarks;
import dev.provhub.firmware.staging.StagedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a running hub: the catalog as it is now, and the watch over its files. A bad edit is refused, and what was in force
 * stays; an image whose file has gone, or is not what was staged, is neither offered nor given, and the others are.
 */
final class HubFirmware implements Supplier<FirmwareCatalog> {
    private static final Logger LOG = LoggerFactory.getLogger(HubFirmware.class);

    private final Path folder;
    private final Set<String> families;
    private final ImageChecksums checksums = new ImageChecksums();
    private volatile FirmwareCatalog inForce;

    HubFirmware(Path folder, DeviceModels models, FirmwareCatalog read) {
        this.folder = folder;
        this.families = families(models);
        this.inForce = read;
    }

    /** Those that models have. */
    static Set<String> families(DeviceModels models) {
        return models.all().stream()
                .flatMap(model -> model.provisionable().stream())
                .map(DeviceModel.Provisioning::firmwareFamily)
                .flatMap(family -> Stream.ofNullable(family))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public FirmwareCatalog get() {
        return inForce;
    }

    Set<String> families() {
        return families;
    }

    /** What was staged, as it stands on the disk now. */
    List<StagedImage> records() {
        return StagedImagesReader.records(folder.toAbsolutePath());
    }

    /** SHA-256 of a file, once it is known. */
    Optional<String> checksum(Path file) {
        return checksums.find(file);
    }

    /** What changes with the files. */
    String stamp() {
        return new TextFiles(folder, "", 1).stamp()
                + new TextFiles(folder.resolve(StagedImage.FOLDER), ".yaml", 1).stamp();
    }

    /** Takes the files as they are now, or keeps what was and says why. */
    synchronized void reload() {
        try {
            inForce = verified(FirmwareCatalogReader.reread(folder.resolve("catalog.yaml"), families));
        } catch (IllegalConfigurationException e) {
            LOG.warn("firmware catalog refused, what was in force stays: {}", e.getMessage());
        }
    }

    /** Takes back what is not what it should be. Reads each file whole, once. */
    synchronized void verify() {
        inForce = verified(inForce);
    }

    private FirmwareCatalog verified(FirmwareCatalog read) {
        checksums.refresh(read.images().stream()
                .filter(image -> image.standing().served())
                .flatMap(image -> Stream.concat(Stream.of(image.path()), image.parts().stream()))
                .distinct()
                .toList());
        Map<String, String> parts = parts();
        List<FirmwareImage> images = new ArrayList<>();
        boolean changed = false;
        for (FirmwareImage image : read.images()) {
            String wrong = wrong(image, parts);
            images.add(wrong == null ? image : image.withheld(wrong, false));
            changed |= wrong != null;
        }
        FirmwareCatalog verified = changed ? new FirmwareCatalog(images, read.families()) : read;
        verified.images().stream()
                .filter(image -> !image.standing().served())
                .forEach(image -> LOG.warn(
                        "image is not given to devices file={} reason={}",
                        image.file(),
                        image.standing().withheld()));
        return verified;
    }

    /** SHA-256 of the files that staged lists name, by their names. */
    private Map<String, String> parts() {
        return records().stream()
                .flatMap(record -> record.parts().stream())
                .collect(Collectors.toMap(StagedImage.File::name, StagedImage.File::sha256, (one, same) -> one));
    }

    /**
     * Why a file of an image is not what somebody said; null when all are, or nobody said.
     *
     * @param parts see {@link #parts()}
     */
    private @Nullable String wrong(FirmwareImage image, Map<String, String> parts) {
        if (!image.standing().served()) {
            return null;
        }
        if (isOther(image.path(), image.sha256())) {
            return "its SHA-256 is " + checksums.find(image.path()).orElse("unknown") + ", and should be "
                    + image.sha256();
        }
        for (Path part : image.parts()) {
            String name = String.valueOf(part.getFileName());
            if (isOther(part, parts.get(name))) {
                return "the SHA-256 of " + name + " is " + checksums.find(part).orElse("unknown") + ", and should be "
                        + parts.get(name);
            }
        }
        return null;
    }

    private boolean isOther(Path file, @Nullable String sha256) {
        return sha256 != null
                && checksums.find(file).filter(found -> !found.equals(sha256)).isPresent();
    }

    /** What a check of all files finds: images that would not be given. */
    List<String> problems() {
        verify();
        return inForce.images().stream()
                .filter(image ->
                        image.standing().withheld() != null && !image.standing().served() && !isSpokenAgainst(image))
                .map(image -> folder.resolve("catalog.yaml") + ": " + image.file() + ": "
                        + image.standing().withheld())
                .toList();
    }

    /** What an operator should know of images that are kept back for good reason, that look odd, or that are missing. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (FirmwareImage image : inForce.images()) {
            if (image.standing().withheld() != null && (image.standing().served() || isSpokenAgainst(image))) {
                remarks.add("firmware " + image.file() + " is not offered: "
                        + image.standing().withheld());
            }
            if (image.isOffered() && !image.standing().verified()) {
                ImageRemarks.of(image, inForce.family(image.family()))
                        .forEach(odd -> remarks.add("firmware " + image.file() + ": " + odd));
            }
        }
        remarks.addAll(CatalogGaps.of(inForce));
        return remarks;
    }

    private boolean isSpokenAgainst(FirmwareImage image) {
        return inForce.family(image.family()).objection(image.version()).isPresent();
    }
}
