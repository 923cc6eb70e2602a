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

    /** Whether it cannot be taken to a version for the while, because an image is away, of the version or of a step. */
    boolean isAway(RolloutImages images, @Nullable String to, boolean down) {
        return to != null
                && family().filter(family -> images.isAway(family, running(), to, down))
                        .isPresent();
    }

    /** Why the version of a rollout is not offered; empty when it is. */
    Optional<String> complaint(RolloutImages images, @Nullable String to) {
        return to == null ? Optional.empty() : family().flatMap(family -> images.complaint(family, to));
    }

    /** Whether what a rollout has for it cannot be loaded for the while: an image is away, or the rollout is about to pause for one. */
    boolean isWithoutImage(RolloutImages images, RolloutDevices.Membership part) {
        return isAway(images, part.target(), false)
                || (!part.state().isEnd() && complaint(images, part.target()).isPresent());
    }
}
