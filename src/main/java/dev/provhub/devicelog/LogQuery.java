package dev.provhub.devicelog;

import dev.provhub.device.MacAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the device log is wanted, newest first.
 *
 * @param of     whose events
 * @param kinds  only these; empty for all
 * @param before only events with a lower number
 * @param after  only events with a higher number; 0 for no bound
 * @param limit  how many, from 1
 */
public record LogQuery(Subject of, Set<DeviceEvent.Kind> kinds, long before, long after, int limit) {
    /** Copies the set. */
    public LogQuery {
        kinds = Set.copyOf(kinds);
    }

    /** The newest of all kinds. */
    public static LogQuery newest(Subject of, int limit) {
        return new LogQuery(of, Set.of(), Long.MAX_VALUE, 0, limit);
    }

    /** Whose events. */
    public sealed interface Subject {}

    /**
     * Of one device: those that prove or name its MAC address, and those that name only its serial number.
     *
     * @param serial null when it is not known
     */
    public record OfDevice(MacAddress mac, @Nullable String serial) implements Subject {}

    /**
     * Of those who named no device.
     *
     * @param address only from this address, without port; null for all
     */
    public record OfNobody(@Nullable String address) implements Subject {}
}
