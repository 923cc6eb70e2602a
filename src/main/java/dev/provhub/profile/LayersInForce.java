package dev.provhub.profile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which layers are in force, and which for whom while a change of them is rolled out. Thread-safe; never waits. */
@FunctionalInterface
public interface LayersInForce extends Supplier<Layers> {
    /**
     * The layers for a device.
     *
     * @param rollout whose layers it was given; null for none. They count for as long as that rollout is under way
     */
    default Layers of(@Nullable Long rollout) {
        return get();
    }
}
