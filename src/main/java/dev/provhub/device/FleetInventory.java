package dev.provhub.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fleet for those who keep a list of their own: devices and lines, page by page, without secrets. Thread-safe. */
public interface FleetInventory {
    /** A page of the devices that fit, in order of their names. */
    List<Resource> resources(Filter filter, int offset, int limit);

    /** How many devices fit. */
    long countResources(Filter filter);

    /** A page of the lines that fit, in order of their devices' names and their numbers. */
    List<Service> services(Filter filter, int offset, int limit);

    /** How many lines fit. */
    long countServices(Filter filter);

    /**
     * What must be so; null does not matter.
     *
     * @param mac    the device
     * @param number the line; of lines alone
     * @param active whether a line is in service; of lines alone
     */
    record Filter(
            @Nullable MacAddress mac,
            @Nullable Integer number,
            @Nullable String model,
            @Nullable String serial,
            @Nullable String tenant,
            @Nullable Boolean claimed,
            @Nullable Boolean active) {
        /** Of one device, or of one of its lines. */
        public static Filter of(MacAddress mac, @Nullable Integer number) {
            return new Filter(mac, number, null, null, null, null, null);
        }
    }

    /**
     * A device.
     *
     * @param lines numbers of its lines
     */
    record Resource(
            MacAddress mac,
            String model,
            @Nullable String serial,
            boolean claimed,
            Device.Place place,
            DeviceState state,
            long revision,
            @Nullable String appliedRevision,
            @Nullable String runningVersion,
            List<Integer> lines) {
        /** Copies the numbers. */
        public Resource {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param suspended whether it is out of service for the time being
     */
    record Service(
            MacAddress mac,
            int number,
            String model,
            Device.Place place,
            @Nullable String directoryNumber,
            @Nullable String displayName,
            String sipUser,
            String sipDomain,
            @Nullable String sipProxy,
            @Nullable String sipTransport,
            boolean suspended) {}
}
