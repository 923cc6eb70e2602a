package dev.provhub.order;

import dev.provhub.device.DeviceClaims;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes new orders: checks them, knows repeats, keeps them. Thread-safe. What is to be done then is {@link Fulfilment}'s. */
public final class OrderIntake {
    private static final Logger LOG = LoggerFactory.getLogger(OrderIntake.class);

    private final NewOrderReader reader;
    private final ForeignClaims claims;
    private final UnitOfWork work;
    private final OrderRepository orders;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param mapping the mapping in force, asked for each order
     * @param ids     makes an id for each order that no other has
     */
    public OrderIntake(
            Supplier<OrderMapping> mapping,
            ModelNames models,
            DeviceClaims claims,
            UnitOfWork work,
            OrderRepository orders,
            Supplier<String> ids,
            Clock clock) {
        this.reader = new NewOrderReader(mapping, models);
        this.claims = new ForeignClaims(claims, mapping);
        this.work = work;
        this.orders = orders;
        this.ids = ids;
        this.clock = clock;
    }

    /** As {@link #accept(NewOrder, Consumer)}, with nothing to be kept beside it. */
    public IntakeResult accept(NewOrder order) {
        return accept(order, kept -> {});
    }

    /**
     * Takes one order. An order that is accepted is on disk when this returns.
     *
     * @param alongside is told of an order that is new, inside the transaction that keeps it: what it writes is kept with it or
     *                  not at all
     * @throws dev.provhub.device.StoreException when it could not be kept; the orderer may repeat it
     */
    public IntakeResult accept(NewOrder order, Consumer<ServiceOrder> alongside) {
        NewOrderReader.Checked checked = reader.check(order);
        if (!checked.problems().isEmpty()) {
            return refused(order, checked.problems());
        }
        IntakeResult result = work.run(() -> {
            IntakeResult kept = keep(order, checked.items());
            if (kept instanceof IntakeResult.Accepted fresh) {
                alongside.accept(fresh.order());
            }
            return kept;
        });
        if (result instanceof IntakeResult.Accepted accepted) {
            LOG.info("order accepted order={} externalId={}", accepted.order().id(), order.externalId());
        }
        return result;
    }

    private static IntakeResult refused(NewOrder order, List<OrderProblem> problems) {
        LOG.info("order refused externalId={} problems={}", order.externalId(), problems.size());
        return new IntakeResult.Refused(problems);
    }

    private IntakeResult keep(NewOrder order, List<OrderItem> items) {
        String externalId = order.externalId();
        if (externalId != null) {
            Optional<ServiceOrder> earlier = orders.findByExternalId(externalId);
            if (earlier.isPresent()) {
                return compare(earlier.get(), order, items);
            }
        }
        List<OrderProblem> foreign = claims.problems(items);
        if (!foreign.isEmpty()) {
            return refused(order, foreign);
        }
        ServiceOrder fresh = new ServiceOrder(
                ids.get(),
                externalId,
                OrderState.ACKNOWLEDGED,
                clock.instant(),
                order.requestedStart(),
                null,
                null,
                items,
                order.details());
        if (orders.add(fresh)) {
            return new IntakeResult.Accepted(fresh);
        }
        // Somebody else has taken the external id since we looked
        return Optional.ofNullable(externalId)
                .flatMap(orders::findByExternalId)
                .map(earlier -> compare(earlier, order, items))
                .orElseThrow(() -> new IllegalStateException("order id " + fresh.id() + " is already taken"));
    }

    private static IntakeResult compare(ServiceOrder earlier, NewOrder order, List<OrderItem> items) {
        return earlier.sameContentAs(items, order.details(), order.requestedStart())
                ? new IntakeResult.Repeated(earlier)
                : new IntakeResult.Conflict(earlier);
    }
}
