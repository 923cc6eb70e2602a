package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where orders are kept. Thread-safe. Each method is one transaction, or part of the unit of work around it. */
public interface OrderRepository extends OrderLedger {
    /** The order of this id. */
    Optional<ServiceOrder> find(String id);

    /**
     * Keeps a new order.
     *
     * @return false when its external id is already taken; nothing is kept then
     */
    boolean add(ServiceOrder order);

    /**
     * Changes state, times and items' states of an order. Two changes of the same order never run at once.
     *
     * @param change called inside the transaction with the order locked, once in each attempt of the transaction; what it
     *               throws leaves the order as it was
     * @return the order as it then is; empty when there is none of this id
     */
    Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change);

    /**
     * Ids of orders that have an item to carry out and whose time has come, oldest first: what a crash left, and what was
     * ordered for later.
     *
     * @param now   orders for a later time are left out
     * @param limit from 1
     */
    List<String> waiting(Instant now, int limit);

    /** Ids of the orders that a device completes when it has applied a revision. One indexed query; mostly there are none. */
    List<String> waitingFor(MacAddress mac, long appliedRevision);

    /** A page of the orders that fit, oldest first. */
    List<ServiceOrder> list(Filter filter, int offset, int limit);

    /** How many orders fit. */
    long count(Filter filter);

    /** What must be so of an order; null does not matter. */
    record Filter(@Nullable String externalId, @Nullable OrderState state) {}

    /** The order that the orderer calls so. */
    default Optional<ServiceOrder> findByExternalId(String externalId) {
        return findByExternalIds(List.of(externalId)).stream().findFirst();
    }
}
