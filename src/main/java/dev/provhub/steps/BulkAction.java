package dev.provhub.steps;

import dev.provhub.device.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to many devices, some at a time. */
interface BulkAction {
    /**
     * What became of some devices.
     *
     * @param changed those that were not so before
     * @param failed  those to which it could not be done
     * @param reason  why the first of these; null when there is none
     */
    record Result(long changed, long failed, @Nullable String reason) {
        static Result changed(long devices) {
            return new Result(devices, 0, null);
        }
    }

    /** Does it to some devices, inside a unit of work; may be called again for the same ones when that is taken back. */
    Result apply(List<MacAddress> devices);

    /** Called when a unit of work is kept. */
    default void kept() {}

    /**
     * Called at the end.
     *
     * @param done whether every device was looked at
     */
    default void ended(boolean done) {}
}
