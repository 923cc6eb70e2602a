package dev.provhub.order;

import dev.provhub.device.Device;
import java.util.function.Predicate;

/** Whether a device is known to have what it should, as far as an order waits for that. */
final class Settled implements Predicate<Device> {
    private final CompleteWhen complete;

    /** @param complete when an item counts as completed */
    Settled(CompleteWhen complete) {
        this.complete = complete;
    }

    @Override
    public boolean test(Device device) {
        Device.Standing standing = device.standing();
        long applied = Device.Standing.numberOf(standing.appliedRevision());
        long given = Device.Standing.numberOf(standing.given().revision());
        return standing.revision() <= (complete == CompleteWhen.FETCHED ? Math.max(applied, given) : applied);
    }
}
