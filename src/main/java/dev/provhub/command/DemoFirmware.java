package dev.provhub.command;

import dev.provhub.config.YamlNode;
import dev.provhub.emulator.FirmwareImages;
import dev.provhub.emulator.PhoneModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Generates the images that the demo's catalog names: whole containers, with nothing in them that runs. */
final class DemoFirmware {
    private static final int IMAGE_BYTES = 256 * 1024;

    private DemoFirmware() {}

    static void write(String catalog, YamlNode fleet, Path folder) throws IOException {
        YamlNode kinds = fleet.get("containers");
        Path file = Files.writeString(folder.resolve("catalog.yaml"), catalog);
        for (YamlNode image : YamlNode.read(file).get("images").items()) {
            String name = image.get("file").text();
            String version = image.get("version").text();
            List<String> parts = image.find("parts").map(YamlNode::texts).orElse(List.of());
            PhoneModel.FirmwareKind kind = PhoneModel.FirmwareKind.valueOf(
                    kinds.get(image.get("family").text()).text());
            if (parts.isEmpty()) {
                Files.write(folder.resolve(name), FirmwareImages.image(kind, version, IMAGE_BYTES));
            } else {
                Files.writeString(folder.resolve(name), FirmwareImages.loads(parts));
                for (String part : parts) {
                    Files.write(
                            folder.resolve(part),
                            FirmwareImages.image(PhoneModel.FirmwareKind.BY_NAME, version, IMAGE_BYTES));
                }
            }
        }
    }
}
