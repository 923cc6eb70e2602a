package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The part of an {@link OrderRepository} that taking many orders at once needs. */
interface OrderLedger {
    /** The orders that have one of these external ids; those that nobody has are passed over. */
    List<ServiceOrder> findByExternalIds(Collection<String> externalIds);

    /** Those of some devices on which an order whose time has come has an item open. */
    Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now);

    /**
     * Keeps new orders, all or none.
     *
     * @throws dev.provhub.device.StoreException when one of the external ids is already taken
     */
    void addAll(List<ServiceOrder> orders);
}
