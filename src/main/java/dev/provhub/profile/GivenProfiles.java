package dev.provhub.profile;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What devices were given, the newest of each device for as many as the keeper keeps. Thread-safe. */
public interface GivenProfiles {
    /** Keeps a profile as given now. To be called inside a unit of work. */
    void keep(MacAddress mac, Profile profile, Instant now);

    /** Notes that a device has applied what it was given under a revision; nothing happens when that is not kept. */
    void applied(MacAddress mac, String revision, Instant now);

    /** What a device was last given under a revision. */
    Optional<GivenProfile> find(MacAddress mac, String revision);

    /** What a device had been given last at a time. */
    Optional<GivenProfile> at(MacAddress mac, Instant time);

    /** All that is kept of a device, the newest first, without values. */
    List<GivenProfile> list(MacAddress mac);
}
