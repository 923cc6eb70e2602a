package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.rollout.RolloutDevices.Membership;
import dev.provhub.rollout.RolloutDevices.Step;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes how far a device is in its rollouts, and what they give it. Thread-safe. */
final class DeviceMoves {
    private final RolloutDevices members;
    private final DeviceRepository devices;
    private final UnitOfWork work;
    private final Clock clock;

    DeviceMoves(RolloutDevices members, DeviceRepository devices, UnitOfWork work, Clock clock) {
        this.members = members;
        this.devices = devices;
        this.work = work;
        this.clock = clock;
    }

    /** False when it was not as far as that any more. */
    boolean move(MacAddress mac, Membership from, Step to) {
        return move(mac, from, to, false);
    }

    /** As {@link #move}, and only while its rollout tells devices and none are held. */
    boolean tell(MacAddress mac, Membership from, Step to) {
        return move(mac, from, to, true);
    }

    private boolean move(MacAddress mac, Membership from, Step to, boolean telling) {
        return work.run(() -> members.move(mac, from, to, telling, clock.instant()));
    }

    void leave(MacAddress mac, Membership part, String why) {
        move(mac, part, part.to(Progress.LEFT, part.shown()).because(why));
    }

    void fail(MacAddress mac, Membership part, @Nullable String shown, String why) {
        move(
                mac,
                part,
                part.to(Progress.FAILED, shown).repeating(part.repeats()).because(why));
    }

    /** Changes what rollouts have given a device, when something else succeeds in the same transaction. The device as it then is. */
    Device give(Device device, UnaryOperator<Device.Rolled> change, BooleanSupplier when) {
        return work.run(() -> {
            if (!when.getAsBoolean()) {
                return device;
            }
            return devices.change(device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> {
                Device.Rolled rolled = change.apply(now.standing().rolled());
                return rolled.equals(now.standing().rolled())
                        ? now
                        : now.withStanding(now.standing().with(rolled));
            }));
        });
    }
}
