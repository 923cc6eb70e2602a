package dev.provhub.order;

import dev.provhub.device.DeviceClaims;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders that were taken, some items at a time. An item and its device change in one unit of work, so a crash at any
 * moment leaves an item either untouched or done, and everything here may be repeated. Orders of one device are carried out in the order in
 * which they were taken: a later one is pending while an earlier one that is due cannot be carried out. Thread-safe.
 */
public final class Fulfilment {
    private static final Logger LOG = LoggerFactory.getLogger(Fulfilment.class);
    private static final int RESUMED_AT_ONCE = 500;
    private static final int ITEMS_AT_ONCE = 50;

    private final UnitOfWork work;
    private final OrderRepository orders;
    private final LineFulfilment lines;
    private final CompleteWhen complete;
    private final Consumer<ServiceOrder> finished;
    private final Clock clock;
    /** Ids of the orders that threads of this hub are carrying out. */
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    /**
     * Wires the parts.
     *
     * @param seeds    makes the random text of a device that is new, see {@link dev.provhub.device.Device.Standing#seed}
     * @param complete when an item counts as completed
     * @param finished is told of an order of which a device has left nothing to do, after that is kept
     */
    public Fulfilment(
            ModelNames models,
            DeviceClaims claims,
            UnitOfWork work,
            DeviceRepository devices,
            OrderRepository orders,
            Supplier<String> seeds,
            CompleteWhen complete,
            Consumer<ServiceOrder> finished,
            Clock clock) {
        this(
                work,
                orders,
                new LineFulfilment(
                        devices,
                        new LineApplication(models, seeds, clock),
                        device -> ForeignClaims.isForeign(claims, device),
                        new Settled(complete)),
                complete,
                finished,
                clock);
    }

    private Fulfilment(
            UnitOfWork work,
            OrderRepository orders,
            LineFulfilment lines,
            CompleteWhen complete,
            Consumer<ServiceOrder> finished,
            Clock clock) {
        this.work = work;
        this.orders = orders;
        this.lines = lines;
        this.complete = complete;
        this.finished = finished;
        this.clock = clock;
    }

    /** The same, where publishing completes orders: what devices have applied is never known, so what no order waits for is settled. */
    public Fulfilment whereFilesArePublished() {
        LineFulfilment other =
                lines.settledBy(device -> orders.waitingOn(device.mac()).isEmpty());
        return new Fulfilment(work, orders, other, complete, finished, clock);
    }

    /**
     * Carries out what is not carried out yet of an order, if its time has come, and then what has waited behind it.
     *
     * @return the order as it then is, empty when there is none of this id
     */
    public Optional<ServiceOrder> fulfil(String orderId) {
        Optional<ServiceOrder> order = orders.find(orderId);
        if (order.isEmpty() || !order.get().isDue(clock.instant())) {
            return order;
        }
        Set<String> tried = new HashSet<>();
        ServiceOrder done = carryOut(order.get(), tried);
        Deque<ServiceOrder> finished = new ArrayDeque<>(List.of(done));
        while (!finished.isEmpty()) {
            for (String behind : behind(finished.remove())) {
                if (!tried.contains(behind)) {
                    alsoDue(behind, tried).ifPresent(finished::add);
                }
            }
        }
        return Optional.of(done);
    }

    /**
     * Carries out an order before it is kept, where nothing stands against doing both in one unit of work: it is due, and its one item
     * is of one device, on which nothing that came before is open. To be called inside that unit; the order is to be kept after it,
     * because others lock a device first too.
     *
     * @return the order as it is then, or as given when it has to be kept first
     */
    public ServiceOrder atOnce(ServiceOrder taken) {
        Instant now = clock.instant();
        OrderItem item = taken.items().get(0);
        boolean isSimple = taken.items().size() == 1
                && taken.isDue(now)
                && item.line().swappedOut().isEmpty()
                && !overtakes(item)
                && orders.openAmong(List.of(item.line().mac()), now).isEmpty();
        return isSimple ? taken.withItem(item.carriedOut(lines.carryOut(item.line()), complete, now), now) : taken;
    }

    /** Whether it may end orders that wait for its device. */
    private boolean overtakes(OrderItem item) {
        return item.line().action() == OrderAction.DELETE
                && !orders.waitingOn(item.line().mac()).isEmpty();
    }

    /** First what was ordered before it on the same devices; it waits when that cannot be done now. */
    private ServiceOrder carryOut(ServiceOrder due, Set<String> tried) {
        tried.add(due.id());
        boolean isMine = inHand.add(due.id());
        ServiceOrder order = due;
        Set<String> looked = new HashSet<>();
        try {
            // What another thread or a cancellation has done meanwhile is seen between two turns
            for (List<OrderItem> next = nextOf(order, looked); !next.isEmpty(); next = nextOf(order, looked)) {
                next.forEach(item -> looked.add(item.id()));
                order = carryOut(order, next, tried);
            }
        } finally {
            if (isMine) {
                inHand.remove(due.id());
            }
        }
        LOG.info(
                "order carried out order={} state={}", order.id(), order.state().wireName());
        if (order.state().isFinal()) {
            finished.accept(order);
        }
        return order;
    }

    /** So many that the order is read and written seldom, so few that nobody waits long for it; a swap alone, since it holds two devices. */
    private static List<OrderItem> nextOf(ServiceOrder order, Set<String> looked) {
        List<OrderItem> next = new ArrayList<>();
        for (OrderItem item : order.items()) {
            if (item.isToBeCarriedOut() && !looked.contains(item.id())) {
                boolean isSwap = item.line().swappedOut().isPresent();
                if (isSwap && !next.isEmpty()) {
                    return next;
                }
                next.add(item);
                if (isSwap || next.size() == ITEMS_AT_ONCE) {
                    return next;
                }
            }
        }
        return next;
    }

    private ServiceOrder carryOut(ServiceOrder order, List<OrderItem> next, Set<String> tried) {
        Set<String> ids = next.stream().map(OrderItem::id).collect(Collectors.toSet());
        Set<MacAddress> blocked = next.stream()
                .flatMap(OrderItem::devices)
                .distinct()
                .filter(mac -> isBehind(order, mac, tried))
                .collect(Collectors.toSet());
        List<MacAddress> losing = next.stream()
                .filter(item -> item.line().action() == OrderAction.DELETE)
                .map(item -> item.line().mac())
                .toList();
        Overtaking overtaking = new Overtaking(orders);
        ServiceOrder after = work.run(() -> {
                    overtaking.lock(losing, order.id());
                    return orders.change(order.id(), current -> carryOut(current, ids, blocked, overtaking));
                })
                .orElse(order);
        overtaking.ended().forEach(finished);
        return after;
    }

    private boolean isBehind(ServiceOrder order, MacAddress mac, Set<String> tried) {
        List<String> earlier = orders.earlierOn(mac, order.id(), clock.instant());
        for (String id : earlier) {
            // The thread that has it in hand looks afterwards at what has come behind it
            if (!tried.contains(id) && !inHand.contains(id)) {
                alsoDue(id, tried);
            }
        }
        return !earlier.isEmpty()
                && !orders.earlierOn(mac, order.id(), clock.instant()).isEmpty();
    }

    private Optional<ServiceOrder> alsoDue(String orderId, Set<String> tried) {
        return apart(orderId, () -> orders.find(orderId)
                .filter(one -> one.isDue(clock.instant()))
                .map(one -> carryOut(one, tried)));
    }

    /** What is one order of many; when it fails, it is that order's affair, which is taken up again. */
    private static Optional<ServiceOrder> apart(String orderId, Supplier<Optional<ServiceOrder>> work) {
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("order could not be carried out, it is tried again later order={}", orderId, e);
            return Optional.empty();
        }
    }

    private ServiceOrder carryOut(ServiceOrder order, Set<String> ids, Set<MacAddress> blocked, Overtaking overtaking) {
        Instant now = clock.instant();
        Map<String, OrderItem> done = new HashMap<>();
        // Read again under the lock: another thread or hub may have done it meanwhile.
        // Devices in the order of their names, so that two orders never wait for each other.
        order.items().stream()
                .filter(item -> ids.contains(item.id()) && item.isToBeCarriedOut())
                .sorted(Comparator.comparing(item -> item.line().mac().hex()))
                .forEach(item -> done.put(
                        item.id(),
                        item.devices().anyMatch(blocked::contains)
                                ? item.pending()
                                : item.carriedOut(lines.carryOut(item.line()), complete, now)));
        ServiceOrder after =
                order.change(item -> done.containsKey(item.id()), item -> done.getOrDefault(item.id(), item), now);
        for (OrderItem item : done.values()) {
            // A device that was never given anything has nothing to show, and what was ordered before it will never
            // show
            if (item.line().action() == OrderAction.DELETE && item.state() == OrderState.COMPLETED) {
                Predicate<OrderItem> neverHeld = lines.neverHeld(item.line());
                overtaking.gone(after, item.line(), neverHeld, now);
                after = Overtaking.goneWithin(after, item, neverHeld, now);
            }
        }
        return after;
    }

    /** Orders of the same devices that were looked at while this one was not done, oldest first. */
    private Set<String> behind(ServiceOrder order) {
        Set<String> ids = new LinkedHashSet<>();
        Set<MacAddress> seen = new HashSet<>();
        order.items().stream()
                .filter(item -> !item.isOpen())
                .flatMap(OrderItem::devices)
                .filter(seen::add)
                .forEach(mac -> ids.addAll(orders.openOn(mac, order.id())));
        return ids;
    }

    /**
     * Carries out everything that is waiting: what a crash left, and what was ordered for a time that has come. To be called
     * at start and from time to time.
     *
     * @return how many orders it looked at
     */
    public int resume() {
        int looked = 0;
        Set<String> before = new HashSet<>();
        List<String> waiting = orders.waiting(clock.instant(), RESUMED_AT_ONCE);
        // What waits behind a held order is found again and again
        while (before.addAll(waiting)) {
            waiting.forEach(id -> apart(id, () -> fulfil(id)));
            looked += waiting.size();
            waiting = orders.waiting(clock.instant(), RESUMED_AT_ONCE);
        }
        return looked;
    }

    /**
     * A device has shown under proof that it has applied a revision: what waited for that revision, or an earlier one, is
     * completed. May be called with each contact; one indexed query when nothing waits.
     * Not to be called inside a change of the device: carrying out locks order, then device.
     *
     * @return whether anything waits for the device now
     */
    public boolean applied(MacAddress mac, long revision) {
        List<String> waiting = orders.waitingOn(mac);
        if (revision > 0) {
            note(waiting, order -> order.applied(mac, revision, clock.instant()));
        }
        return !waiting.isEmpty();
    }

    /** A device has been given a revision under proof: that is noted with what waits for it, or completes it. */
    public void fetched(MacAddress mac, long revision) {
        note(
                orders.waitingOn(mac),
                order -> order.fetched(mac, revision, complete == CompleteWhen.FETCHED, clock.instant()));
    }

    private void note(List<String> orderIds, UnaryOperator<ServiceOrder> change) {
        for (String orderId : orderIds) {
            noted(orderId, change).filter(order -> order.state().isFinal()).ifPresent(order -> {
                LOG.info(
                        "order finished order={} state={}",
                        orderId,
                        order.state().wireName());
                finished.accept(order);
            });
        }
    }

    private Optional<ServiceOrder> noted(String orderId, UnaryOperator<ServiceOrder> change) {
        Overtaking overtaking = new Overtaking(orders);
        Optional<ServiceOrder> noted = orders.change(orderId, order -> {
            ServiceOrder after = change.apply(order);
            overtaking.swapped(order, after, clock.instant());
            return after;
        });
        overtaking.ended().forEach(finished);
        return noted;
    }

    /**
     * Notes what its device should have fetched by now.
     *
     * @param patience how long it may take from when the device's data was made
     * @return how many orders that were
     */
    public int endanger(Duration patience) {
        Instant now = clock.instant();
        Instant since = now.minus(patience);
        int found = 0;
        List<String> overdue = orders.overdue(since, RESUMED_AT_ONCE);
        while (!overdue.isEmpty()) {
            for (String orderId : overdue) {
                orders.change(
                        orderId,
                        order -> order.change(item -> item.isOverdue(since), item -> item.endangered(now), now));
                LOG.warn("order in jeopardy order={}: its device has not fetched it within {}", orderId, patience);
            }
            found += overdue.size();
            overdue = orders.overdue(since, RESUMED_AT_ONCE);
        }
        return found;
    }

    /**
     * Notes what should have been done by now, because its orderer said so.
     *
     * @return how many orders that were
     */
    public int endangerLate() {
        Instant now = clock.instant();
        int found = 0;
        List<String> late = orders.late(now, RESUMED_AT_ONCE);
        while (!late.isEmpty()) {
            for (String orderId : late) {
                work.run(() -> {
                    orders.change(
                            orderId, order -> order.change(OrderItem::isWaitedFor, item -> item.endangered(now), now));
                    orders.toldLate(orderId, now);
                    return orderId;
                });
            }
            found += late.size();
            late = orders.late(now, RESUMED_AT_ONCE);
        }
        return found;
    }
}
