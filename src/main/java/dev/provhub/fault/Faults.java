package dev.provhub.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where faults are kept, their messages sealed. Thread-safe. Each method is one transaction, or part of the unit of work around it. */
public interface Faults {
    /**
     * Keeps what has failed; when its feed has a fault of its subject already, that one has failed once more.
     *
     * @return the fault's id
     * @throws dev.provhub.device.StoreException when it could not be kept: the feed must not let go of it then
     */
    long keep(Fault.Failure failure, Instant now);

    /**
     * A fault that was tried again has failed again.
     *
     * @return false when it is not there any more
     */
    boolean failedAgain(long id, String reason, Instant now);

    /** The fault of this id. */
    Optional<Fault> find(long id);

    /**
     * A page, newest first, without the messages.
     *
     * @param feed   null for all
     * @param before only what has a lower id; {@link Long#MAX_VALUE} for the newest
     * @param limit  from 1
     */
    List<Fault> page(@Nullable String feed, long before, int limit);

    /**
     * Forgets one.
     *
     * @return false when it is not there
     */
    boolean remove(long id);

    /** Forgets the one of a subject, if there is one: it has gone well after all. */
    void settle(String feed, String subject);

    /** How many there are. */
    long count();
}
