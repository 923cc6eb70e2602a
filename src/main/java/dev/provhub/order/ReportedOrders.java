package dev.provhub.order;

import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Orders of which each change is told, in the same transaction. Thread-safe. */
public final class ReportedOrders implements OrderRepository {
    private final OrderRepository orders;
    private final UnitOfWork work;
    private final OrderEvents events;

    /** Tells changes of some orders to somebody. */
    public ReportedOrders(OrderRepository orders, UnitOfWork work, OrderEvents events) {
        this.orders = orders;
        this.work = work;
        this.events = events;
    }

    @Override
    public boolean add(ServiceOrder order) {
        return work.run(() -> {
            boolean added = orders.add(order);
            if (added) {
                events.changed(null, order);
            }
            return added;
        });
    }

    @Override
    public boolean add(ServiceOrder taken, ServiceOrder done) {
        return work.run(() -> {
            boolean added = orders.add(taken, done);
            if (added) {
                events.takenAndCarriedOut(taken, done);
            }
            return added;
        });
    }

    @Override
    public void addAll(List<ServiceOrder> added) {
        work.run(() -> {
            orders.addAll(added);
            added.forEach(order -> events.changed(null, order));
            return added;
        });
    }

    @Override
    public Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change) {
        return work.run(() -> {
            AtomicReference<@Nullable ServiceOrder> before = new AtomicReference<>();
            Optional<ServiceOrder> after = orders.change(id, order -> {
                before.set(order);
                return change.apply(order);
            });
            after.filter(order -> !order.equals(before.get())).ifPresent(order -> events.changed(before.get(), order));
            return after;
        });
    }

    @Override
    public boolean delete(String id) {
        return work.run(() -> {
            Optional<ServiceOrder> order = orders.find(id);
            boolean deleted = orders.delete(id);
            if (deleted) {
                order.ifPresent(events::deleted);
            }
            return deleted;
        });
    }

    @Override
    public boolean remember(String repeatKey, String orderId) {
        return orders.remember(repeatKey, orderId);
    }

    @Override
    public Optional<ServiceOrder> findByRepeatKey(String repeatKey) {
        return orders.findByRepeatKey(repeatKey);
    }

    @Override
    public Optional<ServiceOrder> find(String id) {
        return orders.find(id);
    }

    @Override
    public List<ServiceOrder> findByExternalIds(Collection<String> externalIds) {
        return orders.findByExternalIds(externalIds);
    }

    @Override
    public List<String> waiting(Instant now, int limit) {
        return orders.waiting(now, limit);
    }

    @Override
    public List<String> waitingOn(MacAddress mac) {
        return orders.waitingOn(mac);
    }

    @Override
    public List<String> earlierOn(MacAddress mac, String id, Instant now) {
        return orders.earlierOn(mac, id, now);
    }

    @Override
    public Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now) {
        return orders.openAmong(devices, now);
    }

    @Override
    public boolean isFollowed(String id, MacAddress mac) {
        return orders.isFollowed(id, mac);
    }

    @Override
    public List<String> openOn(MacAddress mac, String exceptId) {
        return orders.openOn(mac, exceptId);
    }

    @Override
    public List<String> overdue(Instant configuredBefore, int limit) {
        return orders.overdue(configuredBefore, limit);
    }

    @Override
    public List<String> late(Instant now, int limit) {
        return orders.late(now, limit);
    }

    @Override
    public void toldLate(String id, Instant now) {
        orders.toldLate(id, now);
    }

    @Override
    public List<ServiceOrder> list(Filter filter, int offset, int limit) {
        return orders.list(filter, offset, limit);
    }

    @Override
    public long count(Filter filter) {
        return orders.count(filter);
    }
}
