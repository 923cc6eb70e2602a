package dev.provhub.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where wishes to cancel orders are kept. Thread-safe. Each method is part of the unit of work around it. */
public interface CancelRepository {
    /** Keeps a new one. */
    void add(CancelTask task);

    /** Changes state, effective time and message of one. */
    void update(CancelTask task);

    /** The one of this id. */
    Optional<CancelTask> find(String id);

    /** The one of this id, held until the end of the transaction. */
    Optional<CancelTask> lock(String id);

    /** Ids of those that are accepted and whose time has come, oldest first. */
    List<String> due(Instant now, int limit);

    /** Ids of those of an order that are accepted or in progress. */
    List<String> open(String orderId);

    /** Ids of those that are accepted and whose order has ended, or is not there any more; oldest first. */
    List<String> overtaken(int limit);

    /** A page of those that fit, oldest first. */
    List<CancelTask> list(Filter filter, int offset, int limit);

    /** How many fit. */
    long count(Filter filter);

    /** What must be so; null does not matter. */
    record Filter(@Nullable String orderId, CancelTask.@Nullable State state) {}
}
