package dev.provhub.config;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code firmware/catalog.yaml}. */
public final class FirmwareCatalogReader {
    private static final Set<String> FACTS = Set.of("file", "family", "version", "from", "parts", "sha256", "notes");

    /** What the phones' rules and every file system take. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private FirmwareCatalogReader() {}

    /**
     * Reads the catalog. The images lie beside it.
     *
     * @throws IllegalConfigurationException when something is wrong, with file and line: also a file that is not there, and
     *     a version that nothing leads to
     */
    public static FirmwareCatalog read(Path catalog) {
        Path folder = catalog.toAbsolutePath().getParent();
        List<YamlNode> nodes =
                YamlNode.read(catalog).allow(Set.of("images")).get("images").items();
        List<FirmwareImage> images = new ArrayList<>();
        nodes.forEach(node -> images.add(image(node, folder)));
        for (int i = 0; i < images.size(); i++) {
            YamlNode node = nodes.get(i);
            FirmwareCatalog.complaint(images.get(i), images).ifPresent(complaint -> {
                throw node.problem(complaint);
            });
        }
        return new FirmwareCatalog(images);
    }

    private static FirmwareImage image(YamlNode node, @Nullable Path folder) {
        node.allow(FACTS);
        YamlNode file = node.get("file");
        return new FirmwareImage(
                file.text(),
                existing(file, folder),
                node.get("family").text(),
                FirmwareVersion.parse(node.get("version").text()),
                node.findText("from").map(FirmwareVersion::parse).orElse(null),
                node.find("parts").map(YamlNode::items).orElse(List.of()).stream()
                        .map(part -> existing(part, folder))
                        .toList(),
                sha256(node),
                node.findText("notes").orElse(""));
    }

    private static Path existing(YamlNode name, @Nullable Path folder) {
        if (!FILE_NAME.matcher(name.text()).matches()) {
            throw name.problem("file name '" + name.text() + "' may hold letters, digits, '.', '_' and '-' only");
        }
        Path path = Path.of(String.valueOf(folder), name.text());
        if (!Files.isRegularFile(path)) {
            throw name.problem("there is no file " + name.text() + " in " + folder);
        }
        return path;
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
