package dev.provhub.device;

import dev.provhub.device.filter.Candidate;
import dev.provhub.device.filter.DeviceFilter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds devices by a filter. Thread-safe. A page is one look: devices that come and go between pages are seen or not. */
public interface DeviceSearch {
    /**
     * A device that was found.
     *
     * @param candidate with its labels and what else a filter may ask
     * @param transport of its last contact; null when there was none
     * @param address   from which that came; null when there was none
     */
    record Found(
            Candidate candidate,
            @Nullable String transport,
            @Nullable String address) {}

    /**
     * A page of the devices that are meant, in order of their names.
     *
     * @param after name of the last device of the page before; null for the first page
     * @param limit most devices of a page, from 1
     */
    List<Found> page(DeviceFilter filter, @Nullable MacAddress after, int limit);

    /** As {@link #page}, the names alone. */
    List<MacAddress> names(DeviceFilter filter, @Nullable MacAddress after, int limit);

    /** Some devices, in order of their names; those that are not there are missing. */
    List<Found> among(List<MacAddress> devices);

    /** How many devices are meant. */
    long count(DeviceFilter filter);

    /** One device. */
    Optional<Found> find(MacAddress mac);
}
