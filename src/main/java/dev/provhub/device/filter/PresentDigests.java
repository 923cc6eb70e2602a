package dev.provhub.device.filter;

import dev.provhub.device.Device;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what the second half of a device's present revision is, from what devices share. Thread-safe. */
@FunctionalInterface
public interface PresentDigests {
    /** Those of a device's own settings that the digest is made of; none of them is a secret. */
    Set<String> OWN = Set.of("firmwareTransport", "firmwareVersion", "profileSealing", "profileTransport");

    /**
     * The digest for devices of a kind.
     *
     * @param own     their own settings of {@link #OWN}
     * @param running the firmware version that they run; null when unknown
     * @param rolled  what rollouts have given them
     * @return empty for a model that is given no profile with a revision
     */
    Optional<String> of(
            String model, Device.Place place, Map<String, String> own, @Nullable String running, Device.Rolled rolled);

    /** Those settings of a device that are of {@link #OWN}. */
    static Map<String, String> own(Device device) {
        Map<String, String> own = new TreeMap<>(device.settings());
        own.keySet().retainAll(OWN);
        return own;
    }

    /** Whether a device is somebody's and has applied its present revision. */
    default boolean isApplied(Device device) {
        Device.Standing standing = device.standing();
        String applied = standing.appliedRevision();
        return device.claimed()
                && applied != null
                && of(device.model(), device.place(), own(device), standing.runningVersion(), standing.rolled())
                        .filter(digest -> applied.equals(standing.revision() + "." + digest))
                        .isPresent();
    }
}
