package dev.provhub.firmware.staging;

import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.container.ContainerException;
import dev.provhub.firmware.container.Containers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is odd of an image that an operator has described by hand, who may know better: devices may well refuse it. */
public final class ImageRemarks {
    private ImageRemarks() {}

    /** One line each for people. Reads the whole file where its container can be checked. */
    public static List<String> of(FirmwareImage image, FirmwareFamily family) {
        List<String> remarks = new ArrayList<>();
        String version = image.version().toString();
        if (!NamedVersion.isIn(image.file(), version)) {
            remarks.add(
                    "its name does not hold the version " + version + ", by which phones tell one image from another");
        }
        try {
            Optional<String> inside = Containers.version(image.path(), family.container());
            inside.filter(text -> !FirmwareVersion.parse(text).isSameAs(image.version()))
                    .ifPresent(text -> remarks.add("it is of version " + text + ", and is said to be " + version));
        } catch (ContainerException e) {
            remarks.add("it is not a whole image of its family: " + e.getMessage());
        } catch (IOException e) {
            remarks.add("it cannot be read: " + e.getMessage());
        }
        return remarks;
    }
}
