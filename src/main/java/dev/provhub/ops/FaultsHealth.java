package dev.provhub.ops;

import dev.provhub.fault.Faults;

/** Whether anything waits for a person. */
public final class FaultsHealth extends HubCheck {
    private final Faults faults;

    /** Needs where faults are kept. */
    public FaultsHealth(Faults faults) {
        super("faults");
        this.faults = faults;
    }

    @Override
    protected Finding look() {
        long count = faults.count();
        return count == 0
                ? Finding.up()
                : Finding.degraded(
                        count + (count == 1 ? " fault waits" : " faults wait") + " for a person: ./hub fault list");
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
