package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Orders in the database. */
public final class JdbcOrderRepository implements OrderRepository {
    private final Jdbc jdbc;
    private final OrderSql sql;

    /** Of an open database, which outlives this. */
    public JdbcOrderRepository(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.sql = new OrderSql(jdbc, new OrderRows(secrets));
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
            for (OrderItem item : after.items()) {
                if (!before.items().contains(item)) {
                    sql.updateItem(after.id(), item);
                }
            }
        }
        return after;
    }

    @Override
    public List<String> waiting(Instant now, int limit) {
        return sql.selectWaiting(now, limit);
    }

    @Override
    public List<String> waitingFor(MacAddress mac, long appliedRevision) {
        return sql.selectWaitingFor(mac, appliedRevision);
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
