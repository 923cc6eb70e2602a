package dev.provhub.command;

import dev.provhub.config.YamlNode;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
            ContainerKind kind = kinds.get(image.get("family").text()).oneOf(ContainerKind.class);
            for (Map.Entry<String, byte[]> part :
                    FirmwareImages.files(kind, name, version, IMAGE_BYTES).entrySet()) {
                Files.write(folder.resolve(part.getKey()), part.getValue());
            }
        }
    }
}
