package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.CancelRepository;
import dev.provhub.order.CancelTask;
import dev.provhub.order.OrderCancellation;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TMF641 v4.1 cancelServiceOrder: create, retrieve, list. Who may do it is decided before. Thread-safe. */
public final class CancelOrderApi {
    private static final Set<String> PARAMETERS = Set.of("serviceOrder.id", "state", "fields", "offset", "limit");

    private final OrderCancellation cancellation;
    private final CancelRepository tasks;
    private final CancelDocument document;

    /** @param apiBase base URL of the administration interface, which links begin with */
    public CancelOrderApi(
            OrderCancellation cancellation, CancelRepository tasks, Supplier<OrderMapping> mapping, URI apiBase) {
        this.cancellation = cancellation;
        this.tasks = tasks;
        this.document = new CancelDocument(apiBase, mapping);
    }

    /**
     * {@code POST /cancelServiceOrder}: 201 with the task, 400 when it names no order that is there, 409 when nothing of the
     * order can be cancelled any more.
     *
     * @param alongside is told the order's id in the transaction that keeps the task
     */
    public ApiAnswer create(byte[] body, Consumer<String> alongside) {
        return TmfAnswers.answered(() -> {
            ObjectNode root = OrderJson.object(body);
            List.of("id", "href", "state", "effectiveCancellationDate", "completionMessage", "errorMessage")
                    .forEach(root::remove);
            List<OrderProblem> problems = Shapes.problems(root, "CancelServiceOrder_Create");
            if (!problems.isEmpty()) {
                throw new TmfRefusal(TmfError.invalidFields(problems));
            }
            document.mask(root);
            String order = root.path("serviceOrder").path("id").asText();
            CancelTask task = cancellation
                    .request(order, time(root), OrderJson.canonical(root), () -> alongside.accept(order))
                    .orElseThrow(() -> new TmfRefusal(TmfError.invalidFields(
                            new OrderProblem("serviceOrder.id", order, "the id of a service order that is there"))));
            return TmfAnswers.answer(201, document.write(task), Map.of("Location", document.href(task)));
        });
    }

    private static @Nullable Instant time(ObjectNode root) {
        String text = root.path("requestedCancellationDate").asText("");
        return text.isEmpty() || text.equals("null")
                ? null
                : OffsetDateTime.parse(text).toInstant();
    }

    /** {@code GET /cancelServiceOrder/{id}}: 200 or 404. */
    public ApiAnswer retrieve(String id, Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            Set<String> fields = OrderQuery.fieldsAlone(query);
            CancelTask task = tasks.find(id)
                    .orElseThrow(() -> new TmfRefusal(TmfError.notFound("cancellation of a service order", id)));
            return TmfAnswers.answer(200, OrderJson.only(document.write(task), fields), Map.of());
        });
    }

    /**
     * {@code GET /cancelServiceOrder}: 200 with a page, oldest first.
     *
     * @param query {@code serviceOrder.id}, {@code state}, {@code fields}, {@code offset}, {@code limit}
     */
    public ApiAnswer list(Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            query.keySet().stream()
                    .filter(name -> !PARAMETERS.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw OrderQuery.refusal(
                                "query parameter",
                                name,
                                String.join(", ", PARAMETERS.stream().sorted().toList()));
                    });
            CancelRepository.Filter filter = new CancelRepository.Filter(query.get("serviceOrder.id"), state(query));
            int offset = OrderQuery.number(query, "offset", 0, 0, Integer.MAX_VALUE);
            int limit = OrderQuery.number(query, "limit", OrderQuery.DEFAULT_LIMIT, 1, OrderQuery.HIGHEST_LIMIT);
            Set<String> fields = OrderQuery.fields(query);
            List<ObjectNode> page = tasks.list(filter, offset, limit).stream()
                    .map(task -> OrderJson.only(document.write(task), fields))
                    .toList();
            return TmfAnswers.answer(
                    200,
                    page,
                    TmfPage.headers(document.collection(), query, offset, limit, page.size(), tasks.count(filter)));
        });
    }

    private static CancelTask.@Nullable State state(Map<String, String> query) {
        String word = query.get("state");
        return word == null
                ? null
                : CancelTask.State.find(word)
                        .orElseThrow(() -> OrderQuery.refusal(
                                "state",
                                word,
                                String.join(
                                        ", ",
                                        Arrays.stream(CancelTask.State.values())
                                                .map(CancelTask.State::wireName)
                                                .toList())));
    }
}
