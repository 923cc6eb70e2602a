package dev.provhub.config;

import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.staging.StagedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the hub wrote of staged images: one file each in {@code firmware/staged}, so that it goes where the images go. */
public final class StagedImagesReader {
    private static final Set<String> FACTS = Set.of(
            "file",
            "family",
            "version",
            "length",
            "sha256",
            "container",
            "verified",
            "from",
            "until",
            "parts",
            "staged",
            "retired",
            "notes");

    private StagedImagesReader() {}

    /**
     * All staged images, by name.
     *
     * @param folder of the images
     * @throws IllegalConfigurationException when a record is not as the hub writes it
     */
    static List<FirmwareImage> read(Path folder) {
        List<FirmwareImage> images = new ArrayList<>();
        for (StagedImage staged : records(folder)) {
            images.add(image(folder, staged));
        }
        return images;
    }

    /** The same as they were written. */
    public static List<StagedImage> records(Path folder) {
        Path records = folder.resolve(StagedImage.FOLDER);
        List<StagedImage> images = new ArrayList<>();
        new TextFiles(records, ".yaml", 1)
                .texts()
                .forEach((name, text) -> images.add(checked(YamlNode.parse(records.resolve(name), text))));
        return images;
    }

    private static StagedImage checked(YamlNode node) {
        try {
            return record(node);
        } catch (IllegalConfigurationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw node.problem(String.valueOf(e.getMessage()));
        }
    }

    private static StagedImage record(YamlNode node) {
        node.allow(FACTS);
        return new StagedImage(
                new StagedImage.File(
                        node.get("file").text(),
                        length(node.get("length")),
                        node.get("sha256").text()),
                node.get("family").text(),
                node.get("version").text(),
                node.get("container").text(),
                node.get("verified").flag(),
                node.findText("from").orElse(null),
                node.findText("until").orElse(null),
                node.find("parts").map(YamlNode::items).orElse(List.of()).stream()
                        .map(part -> new StagedImage.File(
                                part.get("file").text(),
                                length(part.get("length")),
                                part.get("sha256").text()))
                        .toList(),
                node.get("staged").text(),
                node.findText("retired").orElse(null),
                node.findText("notes").orElse(""));
    }

    private static long length(YamlNode node) {
        try {
            return Long.parseLong(node.text());
        } catch (NumberFormatException e) {
            throw node.problem("length " + node.text() + " is not a number of bytes");
        }
    }

    private static FirmwareImage image(Path folder, StagedImage staged) {
        String broken = broken(folder, staged.file());
        for (StagedImage.File part : staged.parts()) {
            broken = broken == null ? broken(folder, part) : broken;
        }
        boolean retired = staged.retired() != null;
        return new FirmwareImage(
                staged.file().name(),
                folder.resolve(staged.file().name()),
                staged.family(),
                FirmwareVersion.parse(staged.version()),
                staged.from() == null ? null : FirmwareVersion.parse(staged.from()),
                staged.until() == null ? null : FirmwareVersion.parse(staged.until()),
                staged.parts().stream().map(part -> folder.resolve(part.name())).toList(),
                staged.file().sha256(),
                staged.notes(),
                new FirmwareImage.Standing(
                        FirmwareImage.Origin.STAGED,
                        staged.verified(),
                        broken == null && retired ? "retired" : broken,
                        broken == null));
    }

    /** Why a file is not what was staged, as far as a look at it tells; null when it is. */
    private static @Nullable String broken(Path folder, StagedImage.File file) {
        Path path = folder.resolve(file.name());
        try {
            if (!Files.isRegularFile(path)) {
                return "there is no file " + file.name();
            }
            long length = Files.size(path);
            return length == file.length()
                    ? null
                    : "file " + file.name() + " has " + length + " bytes, and " + file.length() + " were staged";
        } catch (IOException e) {
            return "file " + file.name() + " cannot be read";
        }
    }
}
