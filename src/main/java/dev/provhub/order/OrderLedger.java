package dev.provhub.order;

import java.util.Collection;
import java.util.List;

/** The part of an {@link OrderRepository} that taking many orders at once needs. */
interface OrderLedger {
    /** The orders that have one of these external ids; those that nobody has are passed over. */
    List<ServiceOrder> findByExternalIds(Collection<String> externalIds);

    /**
     * Keeps new orders, all or none.
     *
     * @throws dev.provhub.device.StoreException when one of the external ids is already taken
     */
    void addAll(List<ServiceOrder> orders);
}
