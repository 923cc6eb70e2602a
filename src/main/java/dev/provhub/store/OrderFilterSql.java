package dev.provhub.store;

import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A filter of orders as a condition on {@code service_order f}: fixed text for each part of it, values as parameters. */
final class OrderFilterSql {
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    private OrderFilterSql() {}

    static OrderFilterSql of(OrderRepository.Filter filter) {
        OrderFilterSql sql = new OrderFilterSql();
        sql.among("f.id", filter.ids());
        sql.among("f.external_id", filter.externalIds());
        sql.among("f.state", filter.states().stream().map(OrderState::wireName).toList());
        sql.among(
                "f.category",
                filter.categories().stream().map(OrderFilterSql::cut).toList());
        sql.among(
                "f.priority",
                filter.priorities().stream().map(OrderFilterSql::cut).toList());
        if (filter.mac() != null) {
            sql.add(
                    "f.id in (select i.order_id from service_order_item i where i.mac = ?)",
                    filter.mac().hex());
        }
        new TreeMap<>(filter.times()).forEach((time, range) -> sql.between(column(time), range));
        return sql;
    }

    private static String column(OrderRepository.OrderTime time) {
        return switch (time) {
            case ORDER_DATE -> "f.order_date";
            case REQUESTED_START -> "f.requested_start";
            case REQUESTED_COMPLETION -> "f.requested_completion";
            case STARTED -> "f.started";
            case COMPLETED -> "f.completed";
        };
    }

    private static String cut(String term) {
        return String.valueOf(OrderRows.cut(term));
    }

    private void among(String column, Collection<String> allowed) {
        if (allowed.size() == 1) {
            add(column + " = ?", allowed.iterator().next());
        } else if (!allowed.isEmpty()) {
            add(column + " = any(cast(? as varchar array))", allowed);
        }
    }

    private void between(String column, OrderRepository.Range range) {
        bound(column + " >= ?", range.from());
        bound(column + " < ?", range.to());
    }

    private void bound(String condition, @Nullable Instant bound) {
        if (bound != null) {
            add(condition, bound);
        }
    }

    private void add(String condition, Object value) {
        conditions.add(condition);
        values.add(value);
    }

    /** With a blank behind it; empty when everything fits. */
    String where() {
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ";
    }

    /** With more parameters behind those of the condition. */
    Binder binder(Object... more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return Binder.of(all.toArray());
    }
}
