package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.PublishedProfiles.Published;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one file on an ordinary server.
 *
 * @param what   how
 * @param device with the pair of keys in force whose file it is; null for a file that goes
 * @param model  of the device; null for a file that goes
 * @param after  what is known of it when that is done; null when it is then to be forgotten
 * @param before what was known of it
 */
record Publication(
        What what,
        @Nullable Device device,
        @Nullable DeviceModel model,
        Published before,
        @Nullable Published after) {
    enum What {
        PROFILE,
        WIPE,
        REMOVE
    }

    static Publication removal(Published before, @Nullable Published after) {
        return new Publication(What.REMOVE, null, null, before, after);
    }

    /** The name of the file: as unguessable as the device's directory. */
    String fileName() {
        return before.directory() + ".cfg";
    }

    @Override
    public String toString() {
        return "Publication[" + what + " " + before.mac() + "]";
    }
}
