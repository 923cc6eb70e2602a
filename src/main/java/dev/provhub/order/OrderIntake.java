package dev.provhub.order;

import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes new orders: checks them, knows repeats, keeps them. Thread-safe. What is to be done then is {@link Fulfilment}'s. */
public final class OrderIntake {
    private static final Logger LOG = LoggerFactory.getLogger(OrderIntake.class);

    private final NewOrderReader reader;
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
            UnitOfWork work,
            OrderRepository orders,
            Supplier<String> ids,
            Clock clock) {
        this.reader = new NewOrderReader(mapping, models);
        this.work = work;
        this.orders = orders;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes one order. An order that is accepted is on disk when this returns.
     *
     * @throws dev.provhub.device.StoreException when it could not be kept; the orderer may repeat it
     */
    public IntakeResult accept(NewOrder order) {
        NewOrderReader.Checked checked = reader.check(order);
        if (!checked.problems().isEmpty()) {
            LOG.info(
                    "order refused externalId={} problems={}",
                    order.externalId(),
                    checked.problems().size());
            return new IntakeResult.Refused(checked.problems());
        }
        IntakeResult result = work.run(() -> keep(order, checked.items()));
        if (result instanceof IntakeResult.Accepted accepted) {
            LOG.info("order accepted order={} externalId={}", accepted.order().id(), order.externalId());
        }
        return result;
    }

    private IntakeResult keep(NewOrder order, List<OrderItem> items) {
        String externalId = order.externalId();
        if (externalId != null) {
            Optional<ServiceOrder> earlier = orders.findByExternalId(externalId);
            if (earlier.isPresent()) {
                return compare(earlier.get(), order, items);
            }
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
