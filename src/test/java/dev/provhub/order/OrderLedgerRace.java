package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Orders among which, right after we first looked for them, another hub has put {@code A-2}. */
final class OrderLedgerRace implements OrderRepository {
    private final OrderWorld world;
    private boolean raced;

    OrderLedgerRace(OrderWorld world) {
        this.world = world;
    }

    BulkIntake bulk() {
        return new BulkIntake(
                () -> world.mapping,
                new KnownModels(),
                world.claims,
                world.database.unitOfWork(),
                world.devices,
                this,
                () -> UUID.randomUUID().toString(),
                () -> "seed",
                world.clock);
    }

    @Override
    public List<ServiceOrder> findByExternalIds(Collection<String> externalIds) {
        List<ServiceOrder> found = world.orders.findByExternalIds(externalIds);
        if (!raced) {
            raced = true;
            Thread other = new Thread(() -> world.bulk()
                    .acceptAndFulfilAll(List.of(
                            NewOrder.ofRow("A-2", OrderAction.ADD, Map.copyOf(OrderWorld.line("0002fd000002", 1))))));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return found;
    }

    @Override
    public Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now) {
        return world.orders.openAmong(devices, now);
    }

    @Override
    public void addAll(List<ServiceOrder> orders) {
        world.orders.addAll(orders);
    }

    @Override
    public Optional<ServiceOrder> find(String id) {
        return world.orders.find(id);
    }

    @Override
    public boolean add(ServiceOrder order) {
        return world.orders.add(order);
    }

    @Override
    public Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change) {
        return world.orders.change(id, change);
    }

    @Override
    public List<String> waiting(Instant now, int limit) {
        return world.orders.waiting(now, limit);
    }

    @Override
    public List<String> waitingOn(MacAddress mac) {
        return world.orders.waitingOn(mac);
    }

    @Override
    public List<String> earlierOn(MacAddress mac, String id, Instant now) {
        return world.orders.earlierOn(mac, id, now);
    }

    @Override
    public boolean isFollowed(String id, MacAddress mac) {
        return world.orders.isFollowed(id, mac);
    }

    @Override
    public List<String> openOn(MacAddress mac, String exceptId) {
        return world.orders.openOn(mac, exceptId);
    }

    @Override
    public List<String> overdue(Instant configuredBefore, int limit) {
        return world.orders.overdue(configuredBefore, limit);
    }

    @Override
    public boolean remember(String repeatKey, String orderId) {
        return world.orders.remember(repeatKey, orderId);
    }

    @Override
    public Optional<ServiceOrder> findByRepeatKey(String repeatKey) {
        return world.orders.findByRepeatKey(repeatKey);
    }

    @Override
    public boolean delete(String id) {
        return world.orders.delete(id);
    }

    @Override
    public List<String> late(Instant now, int limit) {
        return world.orders.late(now, limit);
    }

    @Override
    public void toldLate(String id, Instant now) {
        world.orders.toldLate(id, now);
    }

    @Override
    public List<ServiceOrder> list(Filter filter, int offset, int limit) {
        return world.orders.list(filter, offset, limit);
    }

    @Override
    public long count(Filter filter) {
        return world.orders.count(filter);
    }
}
