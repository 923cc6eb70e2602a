package dev.provhub.rollout;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.UnitOfWork;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rollout.RolloutDevices.Membership;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A device asks at its own directory: what it shows there is evidence, and it is told what its rollouts have for it. Nothing else
 * says that a device has arrived. Thread-safe.
 */
public final class RolloutPoll {
    private final RolloutBoard board;
    private final RolloutDevices members;
    private final UnitOfWork work;
    private final DeviceMoves moves;
    private final TellingTimes times;
    private final Underway underway;
    private final WayBack back;
    private final Telling telling;

    /**
     * Needs the rollouts and the devices.
     *
     * @param revision what a device of a model is to apply now
     * @param images   what firmware can be given
     * @param turned   when downloads were turned away
     * @param limits   how often a device may come back with nothing new
     */
    public RolloutPoll(
            RolloutBoard board,
            RolloutDevices members,
            DeviceRepository devices,
            BiFunction<Device, DeviceModel, String> revision,
            RolloutImages images,
            TurnedAway turned,
            UnitOfWork work,
            RolloutLimits limits,
            Clock clock) {
        this.board = board;
        this.members = members;
        this.work = work;
        this.moves = new DeviceMoves(members, devices, work, clock);
        this.times = new TellingTimes(board, clock);
        this.underway = new Underway(revision, images, turned, moves, limits, clock);
        this.back = new WayBack(moves, times, images);
        this.telling = new Telling(board, images, moves, times);
    }

    /**
     * What the path of a request under proof has brought.
     *
     * @param applied revision that the device has applied; empty for none
     * @param running firmware version that it runs
     * @param registration for how many seconds its first line has not been registered, 0 when it is; null when it does not say
     */
    public record Evidence(
            String applied, String running, @Nullable String registration) {
        /** Whether it says that its first line is not registered. */
        boolean isUnregistered() {
            return registration != null && registration.matches("[0-9]{1,10}") && !registration.matches("0+");
        }
    }

    /** Takes what a device shows, and tells it what there is for it. The device as it then is. */
    public Device polled(Device device, DeviceModel model, Evidence evidence) {
        if (!board.matters()) {
            return device;
        }
        Visit now = new Visit(device, model, evidence);
        List<Membership> parts = members.of(device.mac());
        for (Membership part : parts) {
            now = now.of(heard(now, part, parts));
        }
        if (parts.stream().noneMatch(part -> times.isDue(part, device))) {
            return now.device();
        }
        boolean mayHaveMoved = parts.stream().anyMatch(part -> part.progress() != Progress.WAITING);
        return telling.tell(now, mayHaveMoved ? members.of(device.mac()) : parts);
    }

    /**
     * A device has reported, sealed with its own key, why its last upgrade failed. A phone says so until another upgrade has ended: what it
     * said already before it was told is no failure of this one.
     *
     * @param error empty when none has failed
     */
    public void reported(Device device, String error) {
        boolean isError = !error.isEmpty() && !FirmwareVersion.parse(error).isOrdered();
        work.run(() -> {
            if (isError && board.matters()) {
                members.of(device.mac()).stream()
                        .filter(part -> isNewsOf(part, error))
                        .forEach(part -> moves.fail(device.mac(), part, part.shown(), "it reported: " + error));
            }
            members.reported(device.mac(), isError ? error : null);
            return isError;
        });
    }

    private static boolean isNewsOf(Membership part, String error) {
        return part.kind() == RolloutKind.FIRMWARE
                && Progress.OPEN.contains(part.progress())
                && (!error.equals(part.beforeError()) || names(error, part.target()));
    }

    /** Whether a text names a version, or a file of it, in whose name other signs stand between the numbers. */
    private static boolean names(String error, @Nullable String target) {
        return target != null && plain(error).contains(plain(target));
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private Device heard(Visit visit, Membership part, List<Membership> parts) {
        boolean wasTold = Progress.OPEN.contains(part.progress()) || part.progress() == Progress.FAILED;
        if (part.state() == RolloutState.BACK) {
            return back.goBack(visit, part, parts);
        }
        if (wasTold && underway.hasArrived(visit, part)) {
            underway.arrive(visit, part);
        } else if (part.state() == RolloutState.STOPPED) {
            return wasTold || WayBack.isToldStill(part, visit.rolled()) ? back.withdraw(visit, part) : visit.device();
        } else if (Progress.OPEN.contains(part.progress())) {
            underway.hear(visit, part);
        }
        return visit.device();
    }
}
