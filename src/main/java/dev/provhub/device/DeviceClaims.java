package dev.provhub.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where claims are kept. Thread-safe. Each method is one transaction, or part of the {@link UnitOfWork} that runs. */
public interface DeviceClaims {
    /**
     * A claim that is kept.
     *
     * @param id    grows with each claim that is added
     * @param since when it was added
     */
    record Kept(long id, DeviceClaim claim, Instant since) {}

    /**
     * What became of a claim.
     *
     * @param added    false when it was there already, or is refused
     * @param conflict which other claim, or which device, says another tenant; null when none does
     */
    record Outcome(boolean added, @Nullable String conflict) {}

    /**
     * The claims that hold for a device, oldest first; more than one tenant among them is a conflict that was not to be seen
     * when they were added.
     *
     * @param serial of its certificate; null when that has none
     */
    List<Kept> of(MacAddress mac, @Nullable String serial);

    /** Adds a claim, unless another claim or a claimed device says another tenant for a device that it covers. */
    Outcome add(DeviceClaim claim, Instant now);

    /** Takes a claim away, whatever its tenant; false when there is none. Devices that it has made a tenant's stay so. */
    boolean remove(DeviceClaim.Kind kind, String lowest, String top);

    /**
     * Claims, oldest first.
     *
     * @param tenant only of this tenant; null for all
     * @param after  only those with a higher id; 0 for the first
     * @param limit  from 1
     */
    List<Kept> list(@Nullable String tenant, long after, int limit);
}
