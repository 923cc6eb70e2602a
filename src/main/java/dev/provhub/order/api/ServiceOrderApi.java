package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.UnitOfWork;
import dev.provhub.order.IntakeResult;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAmendments;
import dev.provhub.order.OrderConflict;
import dev.provhub.order.OrderIntake;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** TMF641 v4.1 serviceOrder: create, retrieve, list, patch, delete. Who may do it is decided before. Thread-safe. */
public final class ServiceOrderApi {
    private static final Pattern REPEAT_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final OrderIntake intake;
    private final OrderRepository orders;
    private final Desk desk;
    private final Supplier<OrderMapping> mapping;
    private final OrderDocument document;
    private final Consumer<String> accepted;

    /**
     * What changes orders that were taken.
     *
     * @param work holds what belongs together
     */
    public record Desk(OrderAmendments amendments, UnitOfWork work) {}

    /**
     * Wires the parts.
     *
     * @param mapping  the mapping in force
     * @param apiBase  base URL of the administration interface, which links begin with
     * @param accepted is told the id of each order that was accepted or changed, once it is on disk and before the answer is made; must
     *                 neither wait nor throw. An order that this loses is found again by {@code Fulfilment.resume}
     */
    public ServiceOrderApi(
            OrderIntake intake,
            OrderRepository orders,
            Desk desk,
            Supplier<OrderMapping> mapping,
            URI apiBase,
            Consumer<String> accepted) {
        this.intake = intake;
        this.orders = orders;
        this.desk = desk;
        this.mapping = mapping;
        this.document = new OrderDocument(apiBase, mapping);
        this.accepted = accepted;
    }

    /** As {@link #create(byte[], String, Consumer)}, without a key, with nothing to be kept beside it. */
    public ApiAnswer create(byte[] body) {
        return create(body, null, id -> {});
    }

    /**
     * {@code POST /serviceOrder}: 201 with the new order, 200 with the earlier one when it is a repeat, 409 when its external
     * id is that of another order, 400 with field, value and what is allowed.
     *
     * @param body      UTF-8 JSON, of a length that the caller has limited
     * @param key       {@code Idempotency-Key}: the orderer's name for this attempt and its repeats; null for none
     * @param alongside is told the id of an order that is new, inside the transaction that keeps it
     */
    public ApiAnswer create(byte[] body, @Nullable String key, Consumer<String> alongside) {
        return TmfAnswers.answered(() -> {
            String repeatKey = repeatKey(key);
            NewOrder order = NewOrderDocument.read(body, mapping.get());
            IntakeResult result = intake.accept(order, repeatKey, kept -> alongside.accept(kept.id()));
            if (result instanceof IntakeResult.Accepted fresh) {
                if (!fresh.isBehind()) {
                    accepted.accept(fresh.order().id());
                }
                return answer(201, fresh.order());
            }
            if (result instanceof IntakeResult.Repeated repeated) {
                return answer(200, repeated.order());
            }
            if (result instanceof IntakeResult.Refused refused) {
                throw new TmfRefusal(TmfError.invalidFields(refused.problems()));
            }
            throw new TmfRefusal(TmfError.conflict((repeatKey == null
                            ? "externalId '" + order.externalId() + "'"
                            : "the Idempotency-Key, or the externalId,")
                    + " is that of an earlier order with another content"));
        });
    }

    private static @Nullable String repeatKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String key = header.strip().replaceFirst("^\"(.*)\"$", "$1");
        if (!REPEAT_KEY.matcher(key).matches()) {
            throw new TmfRefusal(TmfError.invalidFields(
                    new OrderProblem("Idempotency-Key", key, "1 to 255 printable ASCII characters without blanks")));
        }
        return key;
    }

    /**
     * {@code GET /serviceOrder/{id}}: 200 or 404.
     *
     * @param query {@code fields} or nothing
     */
    public ApiAnswer retrieve(String id, Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            Set<String> fields = OrderQuery.fieldsAlone(query);
            ServiceOrder order = orders.find(id).orElseThrow(() -> new TmfRefusal(TmfError.notFound(id)));
            return TmfAnswers.answer(200, document.write(order, fields), Map.of());
        });
    }

    /**
     * {@code GET /serviceOrder}: 200 with a page of orders, oldest first; {@code X-Total-Count}, {@code X-Result-Count} and
     * {@code Link} say what else there is.
     *
     * @param query see {@link OrderQuery}
     */
    public ApiAnswer list(Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            OrderQuery wanted = OrderQuery.read(query);
            List<ObjectNode> page = orders.list(wanted.filter(), wanted.offset(), wanted.limit()).stream()
                    .map(order -> document.write(order, wanted.fields()))
                    .toList();
            Map<String, String> headers = TmfPage.headers(
                    document.collection(),
                    query,
                    wanted.offset(),
                    wanted.limit(),
                    page.size(),
                    orders.count(wanted.filter()));
            return TmfAnswers.answer(200, page, headers);
        });
    }

    /**
     * {@code PATCH /serviceOrder/{id}}: 200 with the order as it then is, 404, 400 for what may not change, 409 for what is too
     * late.
     *
     * @param body a merge patch in UTF-8 JSON
     */
    public ApiAnswer patch(String id, byte[] body, Runnable alongside) {
        return TmfAnswers.answered(() -> {
            OrderPatch patch = OrderPatch.read(body, mapping.get());
            ServiceOrder order = desk.amendments()
                    .amend(id, patch::of, alongside)
                    .orElseThrow(() -> new TmfRefusal(TmfError.notFound(id)));
            accepted.accept(id);
            return TmfAnswers.answer(200, document.write(order), Map.of());
        });
    }

    /** {@code DELETE /serviceOrder/{id}}: 204, 404, 409 while it is carried out. */
    public ApiAnswer delete(String id, Runnable alongside) {
        return TmfAnswers.answered(() -> {
            boolean deleted = desk.work().run(() -> {
                Optional<ServiceOrder> order = orders.change(id, same -> same);
                order.filter(found -> found.started() != null && !found.state().isFinal())
                        .ifPresent(found -> {
                            throw new OrderConflict(
                                    "the order is " + found.state().wireName() + ": cancel it first");
                        });
                boolean gone = order.isPresent() && orders.delete(id);
                if (gone) {
                    alongside.run();
                }
                return gone;
            });
            if (!deleted) {
                throw new TmfRefusal(TmfError.notFound(id));
            }
            return TmfAnswers.nothing();
        });
    }

    private ApiAnswer answer(int status, ServiceOrder order) {
        return TmfAnswers.answer(status, document.write(order), Map.of("Location", document.href(order)));
    }
}
