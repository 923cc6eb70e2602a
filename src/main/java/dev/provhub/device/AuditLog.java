package dev.provhub.device;

import java.time.Instant;
import java.util.List;

/** Who changed what. Thread-safe. An entry made inside a {@link UnitOfWork} is kept exactly when that work is. */
public interface AuditLog {
    /**
     * Notes that somebody did something; the time is now.
     *
     * @param who  name and id of a token, or a part of the hub such as {@code import}
     * @param what verb first, names and no secrets, e.g. {@code read the key of 000e08aabbcc}
     */
    void add(String who, String what);

    /**
     * The newest entries, newest first.
     *
     * @param limit from 1
     */
    List<Entry> latest(int limit);

    /**
     * A page of entries, newest first.
     *
     * @param before only what is older than the entry of this number; {@link Long#MAX_VALUE} for the newest
     * @param limit  from 1
     */
    List<Numbered> page(long before, int limit);

    /**
     * An entry and its number.
     *
     * @param id higher for later ones
     */
    record Numbered(long id, Entry entry) {}

    /** One entry. */
    record Entry(Instant time, String who, String what) {}
}
