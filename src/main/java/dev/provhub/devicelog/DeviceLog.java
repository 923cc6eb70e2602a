package dev.provhub.devicelog;

import java.time.Instant;
import java.util.List;

/** What was heard of devices and told to them. Thread-safe. A crash may lose the last second. */
public interface DeviceLog {
    /** Notes an event. Never waits and never fails: when the store is too slow or away for long, events are dropped and counted. */
    void add(DeviceEvent event);

    /** A page of the log. */
    List<Numbered> page(LogQuery query);

    /**
     * Takes old events away.
     *
     * @return how many
     */
    int forgetBefore(Instant time);

    /**
     * Takes the oldest events away until about so many are left.
     *
     * @param most from 1
     * @return how many were taken away
     */
    int keepNewest(long most);

    /**
     * An event with its place in the log.
     *
     * @param id the higher, the later it was written
     */
    record Numbered(long id, DeviceEvent event) {}
}
