package dev.provhub.report;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest report of each kind of each device, and what is known of its drift. Thread-safe; sealed at rest. */
public interface DeviceReports {
    /** Keeps a report in place of the one before. To be called inside a unit of work. */
    void keep(MacAddress mac, Kept report);

    /** The latest of a kind. */
    Optional<Kept> find(MacAddress mac, DeviceReport.Kind kind);

    /** What differs on a device, in the order of the parameters. */
    List<Open> drift(MacAddress mac);

    /** Puts these in place of all that was known to differ. To be called inside a unit of work. */
    void setDrift(MacAddress mac, List<Open> drift);

    /**
     * A report that was kept, without secrets.
     *
     * @param revision that the device had applied, as it said; null when it did not
     */
    record Kept(
            DeviceReport report, Instant received, @Nullable String revision) {}

    /**
     * Something that differs, or differed.
     *
     * @param action what the policy says
     * @param open   whether somebody has to decide: the device's value is kept until then
     * @param wasOwn whether what was given was the device's own setting
     * @param since  when it was first seen
     */
    record Open(Drift.Finding finding, DriftPolicy.Action action, boolean open, boolean wasOwn, Instant since) {}
}
