package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The part of an {@link OrderRepository} that taking many orders at once needs. */
interface OrderLedger {
    /** The orders that have one of these external ids; those that nobody has are passed over. */
    List<ServiceOrder> findByExternalIds(Collection<String> externalIds);

    /** Those of some devices on which an order whose time has come has an item open. */
    Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now);

    /**
     * Ids of the orders that a device completes when it has applied what it should, in the order in which they were carried out. One
     * indexed query; mostly there are none.
     */
    List<String> waitingOn(MacAddress mac);

    /**
     * Changes what an order says, its states and times, and its items. Two changes of the same order never run at once.
     *
     * @param change called inside the transaction with the order locked, once in each attempt of the transaction; what it
     *               throws leaves the order as it was
     * @return the order as it then is; empty when there is none of this id
     */
    Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change);

    /**
     * Keeps new orders, all or none.
     *
     * @throws dev.provhub.device.StoreException when one of the external ids is already taken
     */
    void addAll(List<ServiceOrder> orders);
}
