package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderTerms;
import dev.provhub.order.ServiceOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Orders in the database. */
public final class JdbcOrderRepository implements OrderRepository {
    private final Jdbc jdbc;
    private final OrderSql sql;

    /**
     * Of an open database, which outlives this.
     *
     * @param terms finds in the details of an order what may be asked for
     */
    public JdbcOrderRepository(Database database, SecretColumn secrets, Function<String, OrderTerms> terms) {
        this.jdbc = database.jdbc();
        this.sql = new OrderSql(jdbc, new OrderRows(secrets, terms));
    }

    @Override
    public Optional<ServiceOrder> find(String id) {
        return sql.selectById(id).stream().findFirst();
    }

    @Override
    public List<ServiceOrder> findByExternalIds(Collection<String> externalIds) {
        // Mostly nobody has them yet, and then the small question is enough
        List<String> ids = sql.selectIdsByExternalIds(externalIds);
        return ids.isEmpty() ? List.of() : sql.selectByIds(ids);
    }

    @Override
    public boolean add(ServiceOrder order) {
        return jdbc.run(() -> {
            boolean free = sql.insertIfFree(order);
            if (free) {
                sql.insertItems(List.of(order));
            }
            return free;
        });
    }

    @Override
    public void addAll(List<ServiceOrder> orders) {
        jdbc.run(() -> {
            sql.insert(orders);
            sql.insertItems(orders);
            return orders;
        });
    }

    @Override
    public Optional<ServiceOrder> change(String id, UnaryOperator<ServiceOrder> change) {
        return jdbc.run(() -> {
            if (!sql.lock(id)) {
                return Optional.<ServiceOrder>empty();
            }
            Optional<ServiceOrder> before = find(id);
            return before.map(order -> write(order, change.apply(order)));
        });
    }

    private ServiceOrder write(ServiceOrder before, ServiceOrder after) {
        if (!after.equals(before)) {
            sql.update(after);
            boolean saysOther = !after.details().equals(before.details())
                    || after.amended() != before.amended()
                    || !Objects.equals(after.externalId(), before.externalId())
                    || !Objects.equals(after.requestedStart(), before.requestedStart());
            if (saysOther) {
                sql.updateContent(after);
            }
            if (!wants(after).equals(wants(before))) {
                sql.deleteItems(after.id());
                sql.insertItems(List.of(after));
                return after;
            }
            // Both hold the same items in the same order
            sql.updateItems(
                    after.id(),
                    IntStream.range(0, after.items().size())
                            .filter(index -> !after.items()
                                    .get(index)
                                    .equals(before.items().get(index)))
                            .mapToObj(index -> after.items().get(index))
                            .toList());
        }
        return after;
    }

    private static List<?> wants(ServiceOrder order) {
        return order.items().stream()
                .map(item -> List.of(item.id(), item.line()))
                .toList();
    }

    @Override
    public boolean remember(String repeatKey, String orderId) {
        return jdbc.run(() -> sql.insertRepeatKey(repeatKey, orderId));
    }

    @Override
    public Optional<ServiceOrder> findByRepeatKey(String repeatKey) {
        return sql.selectIdByRepeatKey(repeatKey).stream().findFirst().flatMap(this::find);
    }

    @Override
    public boolean delete(String id) {
        return jdbc.run(() -> sql.delete(id));
    }

    @Override
    public List<String> waiting(Instant now, int limit) {
        return sql.selectWaiting(now, limit);
    }

    @Override
    public List<String> waitingOn(MacAddress mac) {
        return sql.selectWaitingOn(mac);
    }

    @Override
    public List<String> earlierOn(MacAddress mac, String id, Instant now) {
        return sql.selectEarlierOn(mac, id, now);
    }

    @Override
    public Set<MacAddress> openAmong(Collection<MacAddress> devices, Instant now) {
        return sql.selectOpenAmong(devices, now);
    }

    @Override
    public boolean isFollowed(String id, MacAddress mac) {
        return sql.isFollowed(id, mac);
    }

    @Override
    public List<String> openOn(MacAddress mac, String exceptId) {
        return sql.selectOpenOn(mac, exceptId);
    }

    @Override
    public List<String> overdue(Instant configuredBefore, int limit) {
        return sql.selectOverdue(configuredBefore, limit);
    }

    @Override
    public List<String> late(Instant now, int limit) {
        return sql.selectLate(now, limit);
    }

    @Override
    public void toldLate(String id, Instant now) {
        jdbc.run(() -> sql.updateDueBy(id, now));
    }

    @Override
    public List<ServiceOrder> list(Filter filter, int offset, int limit) {
        return sql.selectPage(filter, offset, limit);
    }

    @Override
    public long count(Filter filter) {
        return sql.count(filter);
    }
}
