package dev.provhub.silence;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of silence, for all hubs on one database. Thread-safe; each method is one statement or one transaction. */
public interface Silences {
    /**
     * Claimed devices that hold a key, were heard of last in a time, and are not in the list yet, in order of that time and then of
     * their names.
     *
     * @param after only those behind this one; null for the first
     * @param until only those heard of before this
     */
    List<Seen> seenBetween(@Nullable Place after, Instant until, int limit);

    /** A place in the order of {@link #seenBetween}. */
    record Place(Instant lastContact, String mac) {}

    /**
     * A device, as far as it can be read without a secret.
     *
     * @param hasOwnSettings whether it has a layer of its own, which is a secret to read
     */
    record Seen(MacAddress mac, Instant lastContact, String model, Device.Place place, boolean hasOwnSettings) {}

    /** Writes down devices that are silent and not told yet; those that another hub has written down stay as they are. */
    void addSilent(List<SilentDevice> silent);

    /** Writes down that a device's own period is longer, so that it is not looked at before a time. */
    void addExcused(SilentDevice device, Instant notBefore);

    /**
     * Takes away those whose time of being excused is over.
     *
     * @return what is known of them now, as {@link #seenBetween} has it
     */
    List<Seen> endExcuses(Instant now, int limit);

    /** Takes away what was not told and was heard of again: nobody has to hear of it. */
    void forgetUntold();

    /** Takes silent devices to be told, as told; each is given to one hub only. */
    List<SilentDevice> takeUntold(int limit);

    /**
     * Takes devices away that were heard of again, or are nobody's any more.
     *
     * @return those that had been told, each to one hub only
     */
    List<SilentDevice> takeReturned(int limit);

    /** How many are silent; who was heard of again is not, also before that is told. */
    long count();

    /** How many claimed devices have been heard of under proof once, by model, tenant and plan. */
    List<DeviceGroup> heard();

    /** Whether this device is silent. */
    Optional<SilentDevice> find(MacAddress mac);

    /** When it was last heard of under proof; empty for never. */
    Optional<Instant> lastContact(MacAddress mac);

    /** Silent devices in order of their names. */
    List<SilentDevice> list(@Nullable MacAddress after, int limit);

    /** Forgets everything, for a site that no longer watches. */
    void clear();
}
