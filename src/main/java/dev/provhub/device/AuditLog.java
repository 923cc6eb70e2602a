package dev.provhub.device;

import java.time.Instant;
import java.util.List;

/** Who changed what. Thread-safe. An entry made inside a {@link UnitOfWork} is kept exactly when that work is. */
public interface AuditLog {
    /**
     * Notes that somebody did something; the time is now.
     *
     * @param who  name of a token, or of a part of the hub such as {@code import}
     * @param what verb first, names and no secrets, e.g. {@code read the key of 000e08aabbcc}
     */
    void add(String who, String what);

    /**
     * The newest entries, newest first.
     *
     * @param limit from 1
     */
    List<Entry> latest(int limit);

    /** One entry. */
    record Entry(Instant time, String who, String what) {}
}
