package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.StoreException;
import dev.provhub.order.IntakeResult;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderIntake;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TMF641 v4.1 serviceOrder: create, retrieve, list. Who may do it is decided before. Thread-safe. */
public final class ServiceOrderApi {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceOrderApi.class);
    private static final String JSON = "application/json;charset=utf-8";

    private final OrderIntake intake;
    private final OrderRepository orders;
    private final Supplier<OrderMapping> mapping;
    private final OrderDocument document;
    private final Consumer<String> accepted;

    /**
     * Wires the parts.
     *
     * @param mapping  the mapping in force
     * @param apiBase  base URL of the administration interface, which links begin with
     * @param accepted is told the id of each order that was accepted, once it is on disk and before the answer is made; must
     *                 neither wait nor throw. An order that this loses is found again by {@code Fulfilment.resume}
     */
    public ServiceOrderApi(
            OrderIntake intake,
            OrderRepository orders,
            Supplier<OrderMapping> mapping,
            URI apiBase,
            Consumer<String> accepted) {
        this.intake = intake;
        this.orders = orders;
        this.mapping = mapping;
        this.document = new OrderDocument(apiBase, mapping);
        this.accepted = accepted;
    }

    /** As {@link #create(byte[], Consumer)}, with nothing to be kept beside it. */
    public ApiAnswer create(byte[] body) {
        return create(body, id -> {});
    }

    /**
     * {@code POST /serviceOrder}: 201 with the new order, 200 with the earlier one when it is a repeat, 409 when its external
     * id is that of another order, 400 with field, value and what is allowed.
     *
     * @param body      UTF-8 JSON, of a length that the caller has limited
     * @param alongside is told the id of an order that is new, inside the transaction that keeps it
     */
    public ApiAnswer create(byte[] body, Consumer<String> alongside) {
        return answered(() -> {
            NewOrder order = NewOrderDocument.read(body, mapping.get());
            IntakeResult result = intake.accept(order, kept -> alongside.accept(kept.id()));
            if (result instanceof IntakeResult.Accepted fresh) {
                accepted.accept(fresh.order().id());
                return answer(201, fresh.order());
            }
            if (result instanceof IntakeResult.Repeated repeated) {
                return answer(200, repeated.order());
            }
            if (result instanceof IntakeResult.Refused refused) {
                throw new TmfRefusal(TmfError.invalidFields(refused.problems()));
            }
            throw new TmfRefusal(TmfError.conflict(
                    "externalId '" + order.externalId() + "' is that of an earlier order with another content"));
        });
    }

    /**
     * {@code GET /serviceOrder/{id}}: 200 or 404.
     *
     * @param query {@code fields} or nothing
     */
    public ApiAnswer retrieve(String id, Map<String, String> query) {
        return answered(() -> {
            ServiceOrder order = orders.find(id).orElseThrow(() -> new TmfRefusal(TmfError.notFound(id)));
            return answer(200, document.write(order, OrderQuery.fields(query)), Map.of());
        });
    }

    /**
     * {@code GET /serviceOrder}: 200 with a page of orders, oldest first; {@code X-Total-Count}, {@code X-Result-Count} and
     * {@code Link} say what else there is.
     *
     * @param query {@code externalId}, {@code state}, {@code fields}, {@code offset} from 0, {@code limit} from 1 to 1,000
     */
    public ApiAnswer list(Map<String, String> query) {
        return answered(() -> {
            OrderQuery wanted = OrderQuery.read(query);
            List<ObjectNode> page = orders.list(wanted.filter(), wanted.offset(), wanted.limit()).stream()
                    .map(order -> document.write(order, wanted.fields()))
                    .toList();
            long total = orders.count(wanted.filter());
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-Total-Count", Long.toString(total));
            headers.put("X-Result-Count", Integer.toString(page.size()));
            String links = links(query, wanted, total);
            if (!links.isEmpty()) {
                headers.put("Link", links);
            }
            return answer(200, page, headers);
        });
    }

    private String links(Map<String, String> query, OrderQuery wanted, long total) {
        List<String> links = new ArrayList<>();
        if (wanted.offset() + (long) wanted.limit() < total) {
            links.add(link(query, wanted.offset() + wanted.limit(), "next"));
        }
        if (wanted.offset() > 0) {
            links.add(link(query, Math.max(0, wanted.offset() - wanted.limit()), "prev"));
        }
        return String.join(", ", links);
    }

    private String link(Map<String, String> query, int offset, String relation) {
        Map<String, String> changed = new LinkedHashMap<>(query);
        changed.put("offset", Integer.toString(offset));
        Function<String, String> encoded = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        List<String> parameters = changed.entrySet().stream()
                .map(entry -> encoded.apply(entry.getKey()) + "=" + encoded.apply(entry.getValue()))
                .toList();
        return "<" + document.collection() + "?" + String.join("&", parameters) + ">; rel=\"" + relation + "\"";
    }

    private static ApiAnswer answered(Supplier<ApiAnswer> work) {
        try {
            return work.get();
        } catch (TmfRefusal e) {
            return answer(e.error().httpStatus(), e.error(), Map.of());
        } catch (StoreException e) {
            LOG.error("orders cannot be kept or read", e);
            return answer(503, TmfError.unavailable(), Map.of());
        }
    }

    private ApiAnswer answer(int status, ServiceOrder order) {
        return answer(status, document.write(order), Map.of("Location", document.href(order)));
    }

    private static ApiAnswer answer(int status, Object body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", JSON);
        return new ApiAnswer(status, OrderJson.bytes(body), all);
    }
}
