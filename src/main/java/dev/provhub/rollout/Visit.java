package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.MacAddress;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rollout.RolloutPoll.Evidence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device at its own directory, and what it shows there.
 *
 * @param device as it is now
 */
record Visit(Device device, DeviceModel model, Evidence evidence) {
    Visit of(Device changed) {
        return new Visit(changed, model, evidence);
    }

    MacAddress mac() {
        return device.mac();
    }

    /** What rollouts have given it. */
    Device.Rolled rolled() {
        return device.standing().rolled();
    }

    String running() {
        return evidence.running();
    }

    boolean runs(@Nullable String version) {
        return version != null && FirmwareVersion.parse(running()).isSameAs(FirmwareVersion.parse(version));
    }

    /** Whose images its model takes. */
    Optional<String> family() {
        return model.provisionable().map(DeviceModel.Provisioning::firmwareFamily);
    }

    /** Why it cannot be taken to a version; empty when it can, or is there, or when nothing is known to judge by. */
    Optional<String> noWay(RolloutImages images, @Nullable String to, boolean down) {
        return running().isEmpty() || to == null
                ? Optional.empty()
                : family().flatMap(family -> images.noWay(family, running(), to, down));
    }

    /** Whether an image is missing for the while, of the version or of a step on the way to it. */
    boolean isImageAway(RolloutImages images, @Nullable String version) {
        return version != null
                && family().flatMap(family -> images.missing(family, version)).isPresent();
    }
}
