package dev.provhub.device;

import java.time.Instant;
import java.util.List;

/** What devices asked for and got. Thread-safe. A crash may lose the last second. */
public interface ContactLog {
    /** Notes a contact. Never waits and never fails: when the store is too slow or away for long, contacts are dropped and counted. */
    void add(Contact contact);

    /**
     * The newest contacts of a device, newest first.
     *
     * @param limit from 1
     */
    List<Contact> latest(MacAddress mac, int limit);

    /**
     * Takes old contacts away.
     *
     * @return how many
     */
    int forgetBefore(Instant time);
}
