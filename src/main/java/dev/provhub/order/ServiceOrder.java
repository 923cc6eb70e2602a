package dev.provhub.order;

import dev.provhub.device.MacAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An order that was accepted.
 *
 * @param id             ours
 * @param externalId     the orderer's; null when none was given
 * @param state          how far it is; follows from the items
 * @param orderDate      when it was accepted
 * @param requestedStart not to be carried out before; null for at once
 * @param started        when the first item was carried out; null before
 * @param completed      when nothing was left to do, well or badly; null before
 * @param items          at least one
 * @param details        what the orderer said beside the items, opaque to all but the interface that it came by; without
 *                       secrets; empty for nothing
 * @param amended        whether it says something else now than when it was taken
 * @param firstContent   what it said then, see {@link #content}; null while it says that still, and where it was not kept
 */
public record ServiceOrder(
        String id,
        @Nullable String externalId,
        OrderState state,
        Instant orderDate,
        @Nullable Instant requestedStart,
        @Nullable Instant started,
        @Nullable Instant completed,
        List<OrderItem> items,
        String details,
        boolean amended,
        @Nullable String firstContent) {

    /** @throws IllegalArgumentException when there is no item */
    public ServiceOrder {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("order " + id + " has no item");
        }
    }

    /** An order that was just taken. */
    static ServiceOrder taken(String id, NewOrder order, List<OrderItem> items, Instant now) {
        return new ServiceOrder(
                id,
                order.externalId(),
                OrderState.ofItems(items.stream().map(OrderItem::state).toList()),
                now,
                order.requestedStart(),
                null,
                null,
                items,
                order.details(),
                false,
                null);
    }

    /** Whether this is what a new order says, so that the new one is a repeat of it. */
    boolean sameContentAs(List<OrderItem> otherItems, String otherDetails, @Nullable Instant otherStart) {
        boolean isSame = details.equals(otherDetails)
                && Optional.ofNullable(requestedStart).equals(Optional.ofNullable(otherStart))
                && contentOf(items).equals(contentOf(otherItems));
        // A repeat of what it said at first is no contradiction
        return isSame
                || (amended
                        && (firstContent == null
                                || firstContent.equals(content(otherItems, otherDetails, otherStart))));
    }

    private static List<?> contentOf(List<OrderItem> items) {
        return items.stream()
                .map(item -> List.of(item.id(), item.line().content()))
                .toList();
    }

    /** A digest of all that an orderer says. Passwords are in it, so it is kept as a secret. */
    private static String content(List<OrderItem> items, String details, @Nullable Instant start) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, details);
            add(digest, String.valueOf(start));
            for (OrderItem item : items) {
                LineOrder line = item.line().content();
                add(digest, item.id());
                add(digest, line.action().wireName() + " " + line.mac().hex() + " " + line.lineNumber());
                new TreeMap<>(line.values()).forEach((field, value) -> {
                    add(digest, field.name());
                    add(digest, value);
                });
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** The item of this id. */
    public Optional<OrderItem> item(String itemId) {
        return items.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    /** Whether it has something to carry out at this time. */
    boolean isDue(Instant now) {
        return !state.isFinal()
                && (requestedStart == null || !requestedStart.isAfter(now))
                && items.stream().anyMatch(OrderItem::isToBeCarriedOut);
    }

    /** With the items that a device's applied revision completes completed, or taken back. */
    ServiceOrder applied(MacAddress mac, long revision, Instant now) {
        return change(item -> item.waitsFor(mac, revision), item -> item.applied(now), now);
    }

    /** With what a device has fetched noted of the items that were in it. */
    ServiceOrder fetched(MacAddress mac, long revision, boolean completes, Instant now) {
        return change(item -> item.waitsFor(mac, revision), item -> item.fetched(completes, now), now);
    }

    /** With one item changed, and the state and times that follow from it. */
    ServiceOrder withItem(OrderItem changed, Instant now) {
        return change(item -> item.id().equals(changed.id()), item -> changed, now);
    }

    /** With some items changed, and the state and times that follow from it. */
    ServiceOrder change(Predicate<OrderItem> which, UnaryOperator<OrderItem> change, Instant now) {
        return withItems(
                items.stream()
                        .map(item -> which.test(item) ? change.apply(item) : item)
                        .toList(),
                now);
    }

    /** With other items, and the state and times that follow from them. */
    ServiceOrder withItems(List<OrderItem> after, Instant now) {
        if (after.equals(items)) {
            return this;
        }
        OrderState next =
                OrderState.ofItems(after.stream().map(OrderItem::state).toList());
        boolean begins = started == null && next.isBegun();
        return new ServiceOrder(
                id,
                externalId,
                state.through(next),
                orderDate,
                requestedStart,
                begins ? now : started,
                next.isFinal() ? now : completed,
                after,
                details,
                amended,
                firstContent);
    }

    /** With something else said beside the items. */
    ServiceOrder with(@Nullable String otherExternalId, @Nullable Instant otherStart, String otherDetails) {
        String first = amended ? firstContent : content(items, details, requestedStart);
        return new ServiceOrder(
                id,
                otherExternalId,
                state,
                orderDate,
                otherStart,
                started,
                completed,
                items,
                otherDetails,
                true,
                first);
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "ServiceOrder[" + id + " " + state.wireName() + "]";
    }
}
