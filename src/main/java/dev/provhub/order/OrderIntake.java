package dev.provhub.order;

import dev.provhub.device.DeviceClaims;
import dev.provhub.device.StoreBusyException;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
    private final UnaryOperator<ServiceOrder> atOnce;

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
        this(
                new NewOrderReader(mapping, models),
                new ForeignClaims(claims, mapping),
                work,
                orders,
                ids,
                clock,
                UnaryOperator.identity());
    }

    private OrderIntake(
            NewOrderReader reader,
            ForeignClaims claims,
            UnitOfWork work,
            OrderRepository orders,
            Supplier<String> ids,
            Clock clock,
            UnaryOperator<ServiceOrder> atOnce) {
        this.reader = reader;
        this.claims = claims;
        this.work = work;
        this.orders = orders;
        this.ids = ids;
        this.clock = clock;
        this.atOnce = atOnce;
    }

    /**
     * The same, which carries out what it can in the transaction in which it keeps it: one way to the disk instead of two.
     *
     * @param carryOut see {@link Fulfilment#atOnce}
     */
    public OrderIntake carryingOut(UnaryOperator<ServiceOrder> carryOut) {
        return new OrderIntake(reader, claims, work, orders, ids, clock, carryOut);
    }

    /**
     * The same, with another limit.
     *
     * @param items how many an order may have, from 1
     */
    public OrderIntake ofAtMost(int items) {
        return new OrderIntake(reader.ofAtMost(items), claims, work, orders, ids, clock, atOnce);
    }

    /** As {@link #accept(NewOrder, Consumer)}, with nothing to be kept beside it. */
    public IntakeResult accept(NewOrder order) {
        return accept(order, kept -> {});
    }

    /** As {@link #accept(NewOrder, String, Consumer)}, without a key. */
    public IntakeResult accept(NewOrder order, Consumer<ServiceOrder> alongside) {
        return accept(order, null, alongside);
    }

    /**
     * Takes one order. An order that is accepted is on disk when this returns. An item for a model that nobody knows is held. Not to be
     * called inside a unit of work.
     *
     * @param repeatKey the orderer's name for this attempt and its repeats; null for none
     * @param alongside is told of an order that is new, inside the transaction that keeps it: what it writes is kept with it or
     *                  not at all
     * @throws StoreException when it could not be kept; the orderer may repeat it
     */
    public IntakeResult accept(NewOrder order, @Nullable String repeatKey, Consumer<ServiceOrder> alongside) {
        NewOrderReader.Checked checked = reader.checkHolding(order);
        if (!checked.problems().isEmpty()) {
            checked = asBefore(order, repeatKey).orElse(checked);
        }
        if (!checked.problems().isEmpty()) {
            return refused(order, checked.problems());
        }
        IntakeResult result;
        boolean isBusy = false;
        try {
            result = keep(order, repeatKey, checked.items(), alongside, atOnce);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (AnotherWasFirst | StoreException e) {
            isBusy = e instanceof StoreBusyException;
            // What was done to the device is taken back with the transaction; the order itself may well be kept
            result = keep(order, repeatKey, checked.items(), alongside, UnaryOperator.identity());
        }
        if (result instanceof IntakeResult.Accepted accepted) {
            LOG.info("order accepted order={} externalId={}", accepted.order().id(), order.externalId());
            return isBusy ? new IntakeResult.Accepted(accepted.order(), true) : accepted;
        }
        return result;
    }

    /** A repeat stays one though the tenant or the plan that it names is not there any more. */
    private Optional<NewOrderReader.Checked> asBefore(NewOrder order, @Nullable String repeatKey) {
        boolean saysAll = order.items().stream().noneMatch(item -> item.named().containsValue(OrderProblem.MASK));
        return Optional.of(order)
                .filter(any -> saysAll)
                .flatMap(any -> earlier(order.externalId(), repeatKey))
                .map(first -> reader.checkHolding(order, id -> first.item(id).map(OrderItem::line)));
    }

    private static IntakeResult refused(NewOrder order, List<OrderProblem> problems) {
        LOG.info("order refused externalId={} problems={}", order.externalId(), problems.size());
        return new IntakeResult.Refused(problems);
    }

    private IntakeResult keep(
            NewOrder order,
            @Nullable String repeatKey,
            List<OrderItem> items,
            Consumer<ServiceOrder> alongside,
            UnaryOperator<ServiceOrder> carryOut) {
        return work.run(() -> {
            IntakeResult kept = keep(order, repeatKey, items, carryOut);
            if (kept instanceof IntakeResult.Accepted fresh) {
                alongside.accept(fresh.order());
            }
            return kept;
        });
    }

    private IntakeResult keep(
            NewOrder order, @Nullable String repeatKey, List<OrderItem> items, UnaryOperator<ServiceOrder> carryOut) {
        Optional<ServiceOrder> earlier = earlier(order.externalId(), repeatKey);
        if (earlier.isPresent()) {
            return compare(earlier.get(), order, items);
        }
        List<OrderProblem> foreign = claims.problems(items);
        if (!foreign.isEmpty()) {
            return refused(order, foreign);
        }
        ServiceOrder fresh = ServiceOrder.taken(ids.get(), order, items, clock.instant());
        ServiceOrder done = carryOut.apply(fresh);
        if (!done.equals(fresh)) {
            return keepDone(repeatKey, fresh, done);
        }
        if (orders.add(fresh)) {
            if (repeatKey != null && !orders.remember(repeatKey, fresh.id())) {
                // Somebody else has used the key since we looked
                ServiceOrder first = orders.findByRepeatKey(repeatKey)
                        .orElseThrow(() -> new IllegalStateException("a key stands for no order"));
                orders.delete(fresh.id());
                return compare(first, order, items);
            }
            return new IntakeResult.Accepted(fresh);
        }
        // Somebody else has taken the external id since we looked
        return earlier(order.externalId(), repeatKey)
                .map(first -> compare(first, order, items))
                .orElseThrow(() -> new IllegalStateException("order id " + fresh.id() + " is already taken"));
    }

    private IntakeResult keepDone(@Nullable String repeatKey, ServiceOrder fresh, ServiceOrder done) {
        boolean isFirst = orders.add(fresh, done) && (repeatKey == null || orders.remember(repeatKey, fresh.id()));
        if (!isFirst) {
            throw new AnotherWasFirst();
        }
        return new IntakeResult.Accepted(fresh);
    }

    private Optional<ServiceOrder> earlier(@Nullable String externalId, @Nullable String repeatKey) {
        Optional<ServiceOrder> byKey = repeatKey == null ? Optional.empty() : orders.findByRepeatKey(repeatKey);
        return byKey.isPresent() || externalId == null ? byKey : orders.findByExternalId(externalId);
    }

    private static IntakeResult compare(ServiceOrder earlier, NewOrder order, List<OrderItem> items) {
        return Objects.equals(earlier.externalId(), order.externalId())
                        && earlier.sameContentAs(items, order.details(), order.requestedStart())
                ? new IntakeResult.Repeated(earlier)
                : new IntakeResult.Conflict(earlier);
    }

    /** Somebody else has taken the external id or the key since we looked, and the device is changed already. */
    private static final class AnotherWasFirst extends RuntimeException {
        AnotherWasFirst() {
            super("another order was first", null, false, false);
        }
    }
}
