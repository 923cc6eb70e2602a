package dev.provhub.device;

import java.util.List;
import java.util.Map;

/** Counts everything there is, for who watches the hub. Thread-safe; not for every request: it walks along whole indexes. */
public interface FleetCensus {
    /** Counts now. */
    Counts count();

    /**
     * Devices that are alike.
     *
     * @param devices how many there are
     */
    record OfState(DeviceState state, boolean claimed, long devices) {}

    /**
     * What there is.
     *
     * @param devices       those that there are none of may be missing
     * @param orders        by state, as the standard calls it; states that no order has may be missing
     * @param drifting      devices that differ from what they were given until somebody decides
     * @param silent        devices of which nothing is heard
     * @param notifications NOTIFYs that are not over, by state: {@code waiting}, {@code sent}
     */
    record Counts(
            List<OfState> devices,
            Map<String, Long> orders,
            long drifting,
            long silent,
            Map<String, Long> notifications) {
        /** Copies all. */
        public Counts {
            devices = List.copyOf(devices);
            orders = Map.copyOf(orders);
            notifications = Map.copyOf(notifications);
        }
    }
}
