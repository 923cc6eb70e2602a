package dev.provhub.command;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.FlatProfileReader;
import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.ProfileException;
import dev.provhub.profile.SpcSource;
import dev.provhub.profile.migration.PresentFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the files that a provider serves today: XML, plain-text sources of the profile compiler, dumps of devices. */
final class PresentFiles {
    private static final Pattern MAC =
            Pattern.compile("(?i)(?<![0-9a-f])(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}(?![0-9a-f])");
    private static final Pattern INFORMATION = Pattern.compile("Info/.*");

    private final DeviceModels models;
    private final @Nullable DeviceModel model;

    /** @param model of all files; null where each tells its own */
    PresentFiles(DeviceModels models, @Nullable DeviceModel model) {
        this.models = models;
        this.model = model;
    }

    /** @throws IllegalConfigurationException naming the file, when it cannot be read or does not tell whose it is */
    PresentFile read(Path file) {
        List<Read> all = parameters(file);
        String text = told(all, "MAC_Address").orElse(String.valueOf(file.getFileName()));
        Matcher mac = MAC.matcher(text);
        if (!mac.find()) {
            throw new IllegalConfigurationException(
                    file, 0, "whose is it? Twelve hex digits in its name tell the MAC address");
        }
        List<Read> parameters = all.stream()
                .filter(read -> read.group() == null
                        || !INFORMATION.matcher(read.group()).matches())
                .toList();
        return new PresentFile(file.toString(), MacAddress.parse(mac.group()), modelOf(file, all), parameters);
    }

    private DeviceModel modelOf(Path file, List<Read> all) {
        if (model != null) {
            return model;
        }
        Path folder = file.toAbsolutePath().getParent();
        String folderName = folder == null ? "" : String.valueOf(folder.getFileName());
        return told(all, "Product_Name")
                .flatMap(models::find)
                .or(() -> models.find(folderName))
                .orElseThrow(() -> new IllegalConfigurationException(
                        file,
                        0,
                        "which model is it? Give --model, or put the files of each model into a folder of its name"));
    }

    private static Optional<String> told(List<Read> all, String name) {
        return all.stream()
                .filter(read -> read.name().equals(name))
                .map(Read::text)
                .findFirst();
    }

    private static List<Read> parameters(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return SpcSource.isLikely(text)
                    ? SpcSource.read(text, name -> sibling(file, name))
                    : FlatProfileReader.read(bytes);
        } catch (IOException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        } catch (ProfileException e) {
            throw new IllegalConfigurationException(file, 0, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> sibling(Path file, String name) {
        try {
            return Optional.of(Files.readString(file.resolveSibling(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
