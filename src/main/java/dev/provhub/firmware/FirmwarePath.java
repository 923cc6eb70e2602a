package dev.provhub.firmware;

import java.util.List;

/** How a device comes from the version that it runs to another one. */
public sealed interface FirmwarePath {
    /** The images to install, one after the other; none unless there is a way and it has not been gone. */
    default List<FirmwareImage> images() {
        return List.of();
    }

    /**
     * There is a way.
     *
     * @param images the fewest, at least one, in the order they are installed
     */
    record Way(List<FirmwareImage> images) implements FirmwarePath {
        /** Copies the list. */
        public Way {
            images = List.copyOf(images);
        }
    }

    /** It runs the version already. */
    record Arrived() implements FirmwarePath {}

    /**
     * There is none, and the device must not be told to go there.
     *
     * @param why for an operator
     */
    record None(String why) implements FirmwarePath {}
}
