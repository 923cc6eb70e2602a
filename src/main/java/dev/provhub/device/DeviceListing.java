package dev.provhub.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over many devices. Thread-safe. */
public interface DeviceListing {
    /**
     * A page of the devices that fit, in order of their names.
     *
     * @param after name of the last device of the page before; null for the first page
     * @param limit most devices of a page, from 1
     */
    List<Device> list(Filter filter, @Nullable MacAddress after, int limit);

    /** How many devices fit. */
    long count(Filter filter);

    /** What must be so of a device; null does not matter. */
    record Filter(
            @Nullable String model,
            @Nullable String tenant,
            @Nullable DeviceState state,
            @Nullable Boolean claimed) {
        /** Every device. */
        public static final Filter ALL = new Filter(null, null, null, null);
    }
}
