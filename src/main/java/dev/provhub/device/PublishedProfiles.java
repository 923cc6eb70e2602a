package dev.provhub.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the files that an ordinary server serves instead of the hub, one for each directory of a device. Thread-safe.
 * Each method is one transaction.
 */
public interface PublishedProfiles {
    /**
     * What was seen of one directory of a device, and what lies there.
     *
     * @param mac            the device
     * @param directory      whose file it is; a secret, since it is the file's name
     * @param file           whether a file is, or is about to be, on the server
     * @param revision       of the profile in it; null before it was written
     * @param deviceRevision number of the device's data when it was last looked at
     * @param claimed        whether the device was claimed then
     * @param since          when the file was first put there, or the directory first looked at
     * @param removed        since when the device is told to ask elsewhere; null while it is told to ask here
     */
    record Published(
            MacAddress mac,
            String directory,
            boolean file,
            @Nullable String revision,
            long deviceRevision,
            boolean claimed,
            Instant since,
            @Nullable Instant removed) {
        /** Leaves the directory out. */
        @Override
        public String toString() {
            return "Published[" + mac + " file " + file + " revision " + revision + "]";
        }
    }

    /**
     * Devices whose keys or data are others than when they were last looked at, in order.
     *
     * @param after only those behind this one; null for the first
     * @param limit from 1
     */
    List<MacAddress> changed(@Nullable MacAddress after, int limit);

    /** All devices that have a key, or had one that is known here, in order; as {@link #changed}. */
    List<MacAddress> all(@Nullable MacAddress after, int limit);

    /** What is known of a device's directories, also of those that it has no more. */
    List<Published> of(MacAddress mac);

    /** Keeps what is known of one directory. */
    void keep(Published published);

    /** Forgets a directory. */
    void forget(MacAddress mac, String directory);
}
