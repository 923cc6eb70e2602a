package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * Keeps a new order that was carried out when it was taken.
     *
     * @param taken what it was before, for those who are told of changes
     * @return false when its external id is already taken; nothing is kept then
     */
    default boolean add(ServiceOrder taken, ServiceOrder done) {
        return add(done);
    }

    /**
     * Has a key of the orderer stand for an order.
     *
     * @return false when it stands for another one; nothing is kept then
     */
    boolean remember(String repeatKey, String orderId);

    /** The order that a key of the orderer stands for. */
    Optional<ServiceOrder> findByRepeatKey(String repeatKey);

    /** Forgets an order. False when there is none of this id. */
    boolean delete(String id);

    /**
     * Ids of orders that have an item to carry out and whose time has come, oldest first: what a crash left, and what was
     * ordered for later.
     *
     * @param now   orders for a later time are left out
     * @param limit from 1
     */
    List<String> waiting(Instant now, int limit);

    /** Ids of orders that were taken before, whose time has come, and that have an item open on a device; oldest first. */
    List<String> earlierOn(MacAddress mac, String id, Instant now);

    /** Whether an order that was taken after this one has been carried out on a device. */
    boolean isFollowed(String id, MacAddress mac);

    /** Ids of other orders that have an item to carry out on a device, oldest first. */
    List<String> openOn(MacAddress mac, String exceptId);

    /** Ids of orders with an item whose device should have fetched it, oldest first. */
    List<String> overdue(Instant configuredBefore, int limit);

    /** Ids of orders that should have been done by now, and of which that was not told; the most overdue first. */
    List<String> late(Instant now, int limit);

    /** It was told of an order that it should have been done by now, or it is done. */
    void toldLate(String id, Instant now);

    /** A page of the orders that fit, oldest first. */
    List<ServiceOrder> list(Filter filter, int offset, int limit);

    /** How many orders fit. */
    long count(Filter filter);

    /**
     * What must be so of an order; empty or null does not matter.
     *
     * @param ids         one of these
     * @param externalIds one of these
     * @param states      one of these
     * @param categories  one of these
     * @param priorities  one of these
     * @param mac         an item is about this device
     * @param times       by what is compared
     */
    record Filter(
            List<String> ids,
            List<String> externalIds,
            List<OrderState> states,
            List<String> categories,
            List<String> priorities,
            @Nullable MacAddress mac,
            Map<OrderTime, Range> times) {
        /** Copies the lists. */
        public Filter {
            ids = List.copyOf(ids);
            externalIds = List.copyOf(externalIds);
            states = List.copyOf(states);
            categories = List.copyOf(categories);
            priorities = List.copyOf(priorities);
            times = Map.copyOf(times);
        }

        /** Of an external id and a state alone; null does not matter. */
        public Filter(@Nullable String externalId, @Nullable OrderState state) {
            this(
                    List.of(),
                    externalId == null ? List.of() : List.of(externalId),
                    state == null ? List.of() : List.of(state),
                    List.of(),
                    List.of(),
                    null,
                    Map.of());
        }
    }

    /** A time of an order. */
    enum OrderTime {
        /** When it was accepted. */
        ORDER_DATE,
        /** When it is to be carried out. */
        REQUESTED_START,
        /** By when it should be done. */
        REQUESTED_COMPLETION,
        /** When the first item was carried out. */
        STARTED,
        /** When nothing was left to do. */
        COMPLETED
    }

    /**
     * Bounds of a time.
     *
     * @param from included; null for none
     * @param to   not included; null for none
     */
    record Range(@Nullable Instant from, @Nullable Instant to) {}

    /** The order that the orderer calls so. */
    default Optional<ServiceOrder> findByExternalId(String externalId) {
        return findByExternalIds(List.of(externalId)).stream().findFirst();
    }
}
