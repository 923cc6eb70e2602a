package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.LineOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderState;
import dev.provhub.order.OrderTerms;
import dev.provhub.order.ServiceOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders to columns and back, with what they say sealed. */
final class OrderRows {
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_TERM = 255;

    private static final String UNDO_ACTION = "*action";
    private static final String UNDO_MAC = "*mac";

    private final SecretColumn secrets;
    private final SealedMap maps;
    private final Function<String, OrderTerms> terms;

    OrderRows(SecretColumn secrets, Function<String, OrderTerms> terms) {
        this.secrets = secrets;
        this.terms = terms;
        this.maps = new SealedMap(secrets);
    }

    /** An order with one of its items, as one row of the join has it. */
    ServiceOrder read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        Instant orderDate = RowReader.instant(row, "order_date");
        if (orderDate == null) {
            throw new IllegalStateException("order " + id + " has no date");
        }
        String details = row.getString("details_sealed");
        return new ServiceOrder(
                id,
                row.getString("external_id"),
                state(row.getString("state")),
                orderDate,
                RowReader.instant(row, "requested_start"),
                RowReader.instant(row, "started"),
                RowReader.instant(row, "completed"),
                List.of(item(id, row)),
                details == null ? "" : secrets.open(details, detailsIdentity(id)),
                row.getBoolean("amended"),
                opened(row.getString("first_content_sealed"), firstIdentity(id)));
    }

    private @Nullable String opened(@Nullable String sealed, String identity) {
        return sealed == null ? null : secrets.open(sealed, identity);
    }

    private OrderItem item(String orderId, ResultSet row) throws SQLException {
        String itemId = row.getString("item_id");
        LineOrder line = new LineOrder(
                action(row.getString("action")),
                new MacAddress(row.getString("mac")),
                row.getInt("line_number"),
                values(maps.open(row.getString("values_sealed"), valuesIdentity(orderId, itemId))));
        long target = row.getLong("target_revision");
        @Nullable Long revision = row.wasNull() ? null : target;
        return new OrderItem(
                itemId,
                line,
                state(row.getString("item_state")),
                revision,
                row.getString("reason"),
                new OrderItem.Progress(
                        RowReader.instant(row, "configured"),
                        RowReader.instant(row, "fetched"),
                        RowReader.instant(row, "applied"),
                        RowReader.instant(row, "jeopardy")),
                undo(row.getString("undo_sealed"), orderId, itemId, line));
    }

    private @Nullable LineOrder undo(@Nullable String sealed, String orderId, String itemId, LineOrder line) {
        if (sealed == null) {
            return null;
        }
        Map<String, String> kept = new HashMap<>(maps.open(sealed, undoIdentity(orderId, itemId)));
        String action = kept.remove(UNDO_ACTION);
        String mac = kept.remove(UNDO_MAC);
        return new LineOrder(
                action(String.valueOf(action)),
                mac == null ? line.mac() : new MacAddress(mac),
                line.lineNumber(),
                values(kept));
    }

    private @Nullable String sealed(@Nullable LineOrder undo, String orderId, OrderItem item) {
        if (undo == null) {
            return null;
        }
        Map<String, String> kept = names(undo);
        kept.put(UNDO_ACTION, undo.action().wireName());
        if (!undo.mac().equals(item.line().mac())) {
            kept.put(UNDO_MAC, undo.mac().hex());
        }
        return maps.seal(kept, undoIdentity(orderId, item.id()));
    }

    private static Map<String, String> names(LineOrder line) {
        Map<String, String> values = new LinkedHashMap<>();
        line.values().forEach((field, value) -> values.put(field.name(), value));
        return values;
    }

    private static Map<OrderField, String> values(Map<String, String> kept) {
        Map<OrderField, String> values = new EnumMap<>(OrderField.class);
        kept.forEach((name, value) -> values.put(OrderField.valueOf(name), value));
        return values;
    }

    private static OrderAction action(String word) {
        return OrderAction.find(word).orElseThrow(() -> new IllegalStateException("unknown action " + word));
    }

    private static OrderState state(String word) {
        return OrderState.find(word).orElseThrow(() -> new IllegalStateException("unknown state " + word));
    }

    /** Puts the rows of the join together. */
    List<ServiceOrder> orders(List<ServiceOrder> parts) {
        Map<String, ServiceOrder> heads = new LinkedHashMap<>();
        Map<String, List<OrderItem>> items = new LinkedHashMap<>();
        for (ServiceOrder part : parts) {
            heads.putIfAbsent(part.id(), part);
            items.computeIfAbsent(part.id(), any -> new ArrayList<>()).addAll(part.items());
        }
        return heads.values().stream()
                .map(head -> withItems(head, items.getOrDefault(head.id(), List.of())))
                .toList();
    }

    private static ServiceOrder withItems(ServiceOrder head, List<OrderItem> items) {
        return new ServiceOrder(
                head.id(),
                head.externalId(),
                head.state(),
                head.orderDate(),
                head.requestedStart(),
                head.started(),
                head.completed(),
                items,
                head.details(),
                head.amended(),
                head.firstContent());
    }

    Binder binder(ServiceOrder order) {
        OrderTerms said = terms.apply(order.details());
        return Binder.of(
                order.state().wireName(),
                order.started(),
                order.completed(),
                order.id(),
                order.externalId(),
                order.orderDate(),
                order.requestedStart(),
                details(order),
                order.amended(),
                cut(said.category()),
                cut(said.priority()),
                said.requestedCompletion(),
                said.requestedCompletion());
    }

    Binder changedContent(ServiceOrder order) {
        OrderTerms said = terms.apply(order.details());
        return Binder.of(
                order.externalId(),
                order.requestedStart(),
                details(order),
                order.amended(),
                order.firstContent() == null ? null : secrets.seal(order.firstContent(), firstIdentity(order.id())),
                cut(said.category()),
                cut(said.priority()),
                said.requestedCompletion(),
                said.requestedCompletion(),
                order.id());
    }

    /** What a column of a term can hold. */
    static @Nullable String cut(@Nullable String term) {
        return term == null || term.length() <= LONGEST_TERM ? term : term.substring(0, LONGEST_TERM);
    }

    @Nullable
    String details(ServiceOrder order) {
        return order.details().isEmpty() ? null : secrets.seal(order.details(), detailsIdentity(order.id()));
    }

    /** Since when the device of an item should fetch it; null when it need not, or when that was told. */
    static @Nullable Instant watchedSince(OrderItem item) {
        OrderItem.Progress progress = item.progress();
        boolean isWatched =
                item.state() == OrderState.IN_PROGRESS && progress.fetched() == null && progress.jeopardy() == null;
        return isWatched ? progress.configured() : null;
    }

    Binder changed(String orderId, OrderItem item) {
        OrderItem.Progress progress = item.progress();
        return Binder.of(
                item.state().wireName(),
                item.revision(),
                shortened(item.reason()),
                progress.configured(),
                progress.fetched(),
                progress.applied(),
                progress.jeopardy(),
                watchedSince(item),
                sealed(item.undo(), orderId, item),
                orderId,
                item.id());
    }

    Binder binder(ServiceOrder order, int position) {
        OrderItem item = order.items().get(position);
        OrderItem.Progress progress = item.progress();
        return Binder.of(
                order.id(),
                position,
                item.id(),
                item.line().action().wireName(),
                item.line().mac().hex(),
                item.line().lineNumber(),
                maps.seal(names(item.line()), valuesIdentity(order.id(), item.id())),
                item.state().wireName(),
                item.revision(),
                shortened(item.reason()),
                progress.configured(),
                progress.fetched(),
                progress.applied(),
                progress.jeopardy(),
                watchedSince(item),
                sealed(item.undo(), order.id(), item));
    }

    static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    static String detailsIdentity(String id) {
        return "service_order/" + id + "/details";
    }

    static String firstIdentity(String id) {
        return "service_order/" + id + "/first-content";
    }

    static String undoIdentity(String orderId, String itemId) {
        return "service_order_item/" + orderId + "/" + itemId + "/undo";
    }

    static String valuesIdentity(String orderId, String itemId) {
        return "service_order_item/" + orderId + "/" + itemId + "/values";
    }
}
