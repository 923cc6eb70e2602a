package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The statements on {@code service_order} and {@code service_order_item}. A whole order is read by one statement. */
final class OrderSql {
    private static final String WHOLE_ORDER = """
            select o.id, o.external_id, o.state, o.order_date, o.requested_start, o.started, o.completed, o.details_sealed, o.amended,
                   o.first_content_sealed,
                   i.item_id, i.action, i.state as item_state, i.mac, i.line_number, i.values_sealed, i.target_revision, i.reason,
                   i.configured, i.fetched, i.applied, i.jeopardy, i.undo_sealed
            from service_order o join service_order_item i on i.order_id = o.id
            """;
    private static final String IN_ORDER = " order by o.seq, i.position";
    private static final String INSERT = """
            insert into service_order (state, started, completed, id, external_id, order_date, requested_start, details_sealed, amended,
              category, priority, requested_completion, due_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        OrderFilterSql fits = OrderFilterSql.of(filter);
        return select(
                "where o.id in (select f.id from service_order f " + fits.where() + " order by f.seq limit ? offset ?)",
                fits.binder(limit, offset));
    }

    long count(OrderRepository.Filter filter) {
        OrderFilterSql fits = OrderFilterSql.of(filter);
        return jdbc.query("select count(*) from service_order f " + fits.where(), fits.binder(), row -> row.getLong(1))
                .get(0);
    }

    private List<ServiceOrder> select(String where, Binder binder) {
        return rows.orders(jdbc.query(WHOLE_ORDER + where + IN_ORDER, binder, rows::read));
    }

    /** Begins with the items, of which few are open: orders that wait for their devices may be a million. */
    List<String> selectWaiting(Instant now, int limit) {
        return jdbc.query("""
                select o.id from service_order o
                where o.id in (select i.order_id
                    from (select distinct order_id, mac from service_order_item where state in ('acknowledged', 'pending')) i
                    where not exists (select 1 from service_order_item e join service_order p on p.id = e.order_id
                      where e.mac = i.mac and e.state in ('acknowledged', 'pending', 'held')
                        and p.seq < (select q.seq from service_order q where q.id = i.order_id)
                        and (p.requested_start is null or p.requested_start <= ?)))
                  and (o.requested_start is null or o.requested_start <= ?)
                order by o.seq limit ?
                """, Binder.of(now, now, limit), row -> row.getString(1));
    }

    List<String> selectWaitingOn(MacAddress mac) {
        return jdbc.query("""
                select i.order_id from service_order_item i join service_order o on o.id = i.order_id
                where i.mac = ? and i.state in ('inProgress', 'pendingCancellation')
                group by i.order_id, o.seq order by max(i.target_revision), o.seq
                """, Binder.of(mac.hex()), row -> row.getString(1));
    }

    List<String> selectEarlierOn(MacAddress mac, String id, Instant now) {
        return jdbc.query("""
                        select p.id from service_order_item e join service_order p on p.id = e.order_id
                        where e.mac = ? and e.state in ('acknowledged', 'pending', 'held')
                          and p.seq < (select o.seq from service_order o where o.id = ?)
                          and (p.requested_start is null or p.requested_start <= ?)
                        order by p.seq
                        """, Binder.of(mac.hex(), id, now), row -> row.getString(1)).stream()
                .distinct()
                .toList();
    }

    /** Joined for the reason of {@link #selectIdsByExternalIds}. */
    Set<MacAddress> selectOpenAmong(Collection<MacAddress> macs, Instant now) {
        return Set.copyOf(jdbc.query(
                """
                select distinct e.mac from unnest(cast(? as varchar array)) as wanted(mac)
                join service_order_item e on e.mac = wanted.mac
                join service_order p on p.id = e.order_id
                where e.state in ('acknowledged', 'pending', 'held') and (p.requested_start is null or p.requested_start <= ?)
                """,
                Binder.of(macs.stream().map(MacAddress::hex).toList(), now),
                row -> new MacAddress(row.getString(1))));
    }

    boolean isFollowed(String id, MacAddress mac) {
        return !jdbc.query("""
                select 1 from service_order_item e join service_order p on p.id = e.order_id
                where e.mac = ? and e.state in ('inProgress', 'completed') and e.target_revision is not null
                  and p.seq > (select o.seq from service_order o where o.id = ?) limit 1
                """, Binder.of(mac.hex(), id), row -> row.getInt(1)).isEmpty();
    }

    List<String> selectOpenOn(MacAddress mac, String exceptId) {
        return jdbc.query("""
                select o.id from service_order o where o.id <> ? and o.id in
                  (select i.order_id from service_order_item i where i.mac = ? and i.state in ('acknowledged', 'pending'))
                order by o.seq
                """, Binder.of(exceptId, mac.hex()), row -> row.getString(1));
    }

    List<String> selectOverdue(Instant configuredBefore, int limit) {
        return jdbc.query("""
                select order_id from service_order_item where watched_since <= ? order by watched_since limit ?
                """, Binder.of(configuredBefore, limit), row -> row.getString(1)).stream()
                .distinct()
                .toList();
    }

    boolean insertRepeatKey(String key, String orderId) {
        return jdbc.update(
                        "insert into service_order_repeat (repeat_key, order_id) values (?, ?) on conflict do nothing",
                        Binder.of(key, orderId))
                == 1;
    }

    List<String> selectIdByRepeatKey(String key) {
        return jdbc.query(
                "select order_id from service_order_repeat where repeat_key = ?",
                Binder.of(key),
                row -> row.getString(1));
    }

    boolean delete(String id) {
        return jdbc.update("delete from service_order where id = ?", Binder.of(id)) == 1;
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
                  target_revision, reason, configured, fetched, applied, jeopardy, watched_since, undo_sealed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, binders);
    }

    void update(ServiceOrder order) {
        jdbc.update(
                "update service_order set state = ?, started = ?, completed = ? where id = ?",
                Binder.of(order.state().wireName(), order.started(), order.completed(), order.id()));
    }

    void updateContent(ServiceOrder order) {
        jdbc.update("""
                update service_order set external_id = ?, requested_start = ?, details_sealed = ?, amended = ?,
                  first_content_sealed = ?, category = ?, priority = ?, requested_completion = ?, due_by = ? where id = ?
                """, rows.changedContent(order));
    }

    List<String> selectLate(Instant now, int limit) {
        return jdbc.query(
                "select id from service_order where due_by <= ? order by due_by limit ?",
                Binder.of(now, limit),
                row -> row.getString(1));
    }

    int updateDueBy(String id, Instant now) {
        return jdbc.update("update service_order set due_by = null where id = ? and due_by <= ?", Binder.of(id, now));
    }

    void updateItems(String orderId, List<OrderItem> items) {
        jdbc.batch("""
                update service_order_item set state = ?, target_revision = ?, reason = ?, configured = ?, fetched = ?,
                  applied = ?, jeopardy = ?, watched_since = ?, undo_sealed = ? where order_id = ? and item_id = ?
                """, items.stream().map(item -> rows.changed(orderId, item)).toList());
    }

    void deleteItems(String orderId) {
        jdbc.update("delete from service_order_item where order_id = ?", Binder.of(orderId));
    }
}
