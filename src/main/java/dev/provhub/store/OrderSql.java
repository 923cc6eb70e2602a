package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderState;
import dev.provhub.order.ServiceOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on {@code service_order} and {@code service_order_item}. A whole order is read by one statement. */
final class OrderSql {
    private static final String WHOLE_ORDER = """
            select o.id, o.external_id, o.state, o.order_date, o.requested_start, o.started, o.completed, o.details_sealed,
                   i.item_id, i.action, i.state as item_state, i.mac, i.line_number, i.values_sealed, i.target_revision, i.reason
            from service_order o join service_order_item i on i.order_id = o.id
            """;
    private static final String IN_ORDER = " order by o.seq, i.position";
    private static final String FITS = """
            where (cast(? as varchar) is null or external_id = ?) and (cast(? as varchar) is null or state = ?)
            """;
    private static final String INSERT = """
            insert into service_order (state, started, completed, id, external_id, order_date, requested_start, details_sealed)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Jdbc jdbc;
    private final OrderRows rows;

    OrderSql(Jdbc jdbc, OrderRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    List<ServiceOrder> selectById(String id) {
        return select("where o.id = ?", Binder.of(id));
    }

    /**
     * Joined, not {@code = any(?)}: PostgreSQL may keep a plan from when the table was small, and then compares each row with
     * each wanted id.
     */
    List<String> selectIdsByExternalIds(Collection<String> externalIds) {
        return jdbc.query("""
                select o.id from unnest(cast(? as varchar array)) as wanted(external_id)
                join service_order o on o.external_id = wanted.external_id
                """, Binder.of(externalIds), row -> row.getString(1));
    }

    List<ServiceOrder> selectByIds(Collection<String> ids) {
        return select("join unnest(cast(? as varchar array)) as wanted(id) on o.id = wanted.id", Binder.of(ids));
    }

    List<ServiceOrder> selectPage(OrderRepository.Filter filter, int offset, int limit) {
        String state = state(filter);
        return select(
                "where o.id in (select id from service_order " + FITS + " order by seq limit ? offset ?)",
                Binder.of(filter.externalId(), filter.externalId(), state, state, limit, offset));
    }

    long count(OrderRepository.Filter filter) {
        String state = state(filter);
        return jdbc.query(
                        "select count(*) from service_order " + FITS,
                        Binder.of(filter.externalId(), filter.externalId(), state, state),
                        row -> row.getLong(1))
                .get(0);
    }

    private List<ServiceOrder> select(String where, Binder binder) {
        return rows.orders(jdbc.query(WHOLE_ORDER + where + IN_ORDER, binder, rows::read));
    }

    List<String> selectWaiting(Instant now, int limit) {
        return jdbc.query("""
                select id from service_order o
                where state in ('acknowledged', 'inProgress') and (requested_start is null or requested_start <= ?)
                  and exists (select 1 from service_order_item i where i.order_id = o.id and i.state = 'acknowledged')
                order by seq limit ?
                """, Binder.of(now, limit), row -> row.getString(1));
    }

    List<String> selectWaitingFor(MacAddress mac, long appliedRevision) {
        return jdbc.query("""
                select distinct order_id from service_order_item
                where mac = ? and state = 'inProgress' and target_revision <= ?
                """, Binder.of(mac.hex(), appliedRevision), row -> row.getString(1));
    }

    /** Holds the row until the end of the transaction. */
    boolean lock(String id) {
        return !jdbc.query(
                        "select id from service_order where id = ? for update", Binder.of(id), row -> row.getString(1))
                .isEmpty();
    }

    /** False when id or external id is taken. */
    boolean insertIfFree(ServiceOrder order) {
        return jdbc.update(INSERT + " on conflict do nothing", rows.binder(order)) == 1;
    }

    void insert(List<ServiceOrder> orders) {
        jdbc.batch(INSERT, orders.stream().map(rows::binder).toList());
    }

    void insertItems(List<ServiceOrder> orders) {
        List<Binder> binders = new ArrayList<>();
        for (ServiceOrder order : orders) {
            for (int position = 0; position < order.items().size(); position++) {
                binders.add(rows.binder(order, position));
            }
        }
        jdbc.batch("""
                insert into service_order_item (order_id, position, item_id, action, mac, line_number, values_sealed, state,
                  target_revision, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, binders);
    }

    void update(ServiceOrder order) {
        jdbc.update(
                "update service_order set state = ?, started = ?, completed = ? where id = ?",
                Binder.of(order.state().wireName(), order.started(), order.completed(), order.id()));
    }

    void updateItem(String orderId, OrderItem item) {
        jdbc.update(
                "update service_order_item set state = ?, target_revision = ?, reason = ? where order_id = ? and item_id = ?",
                Binder.of(item.state().wireName(), item.revision(), item.reason(), orderId, item.id()));
    }

    private static @Nullable String state(OrderRepository.Filter filter) {
        OrderState state = filter.state();
        return state == null ? null : state.wireName();
    }
}
