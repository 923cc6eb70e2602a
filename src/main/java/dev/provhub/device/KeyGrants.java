package dev.provhub.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Permissions to be given a key without a good certificate. */
public interface KeyGrants {
    /**
     * Adds one.
     *
     * @param token the word of {@link KeyGrant.Kind#TOKEN}, of which only a digest is kept; else null
     */
    void add(KeyGrant grant, @Nullable String token, Instant now);

    /** The grant of a token, good or not. */
    Optional<KeyGrant> withToken(String token);

    /** The exceptions of a device, good or not, the latest first. */
    List<KeyGrant> exceptionsOf(MacAddress mac);

    /** Whether there is a window for targeted profiles, for one device or for all. */
    boolean isTargetable(MacAddress mac, Instant now);

    /** Notes the first use, or why it is void. */
    void change(KeyGrant grant);

    /** Ends all grants of a device: it has its key. */
    void endOf(MacAddress mac);

    /** Takes one back; false when there is none. */
    boolean remove(String id);

    /** All that are not over yet, and the faulty ones, the latest first. */
    List<KeyGrant> list(Instant now);
}
