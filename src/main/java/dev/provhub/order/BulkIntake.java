package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes and carries out many small orders at once, each reported alone: the rows of a file, a poll of a table. One unit of
 * work holds them all; when the store refuses that, each row is tried alone. Everything may be repeated after a crash: an
 * order with an external id is known again, one without changes nothing the second time. Thread-safe.
 */
public final class BulkIntake {
    private static final Logger LOG = LoggerFactory.getLogger(BulkIntake.class);

    private final NewOrderReader reader;
    private final ForeignClaims claims;
    private final UnitOfWork work;
    private final DeviceRepository devices;
    private final OrderLedger orders;
    private final LineApplication application;
    private final Predicate<Device> isForeign;
    private final Predicate<Device> isSettled;
    private final Supplier<String> ids;
    private final CompleteWhen complete;
    private final Clock clock;
    /** Two units that hold many devices would wait for each other; the embedded database finds that out only by a timeout. */
    private final Lock oneUnitAtATime = new ReentrantLock();

    /** As the other one, where an item is completed when its device has applied it. */
    public BulkIntake(
            Supplier<OrderMapping> mapping,
            ModelNames models,
            DeviceClaims claims,
            UnitOfWork work,
            DeviceRepository devices,
            OrderRepository orders,
            Supplier<String> ids,
            Supplier<String> seeds,
            Clock clock) {
        this(mapping, models, claims, work, devices, orders, ids, seeds, CompleteWhen.APPLIED, clock);
    }

    /**
     * Wires the parts.
     *
     * @param complete when an item counts as completed
     * @param mapping the mapping in force, asked for each order
     * @param ids     makes an id for each order that no other has
     * @param seeds   makes the random text of a device that is new
     */
    public BulkIntake(
            Supplier<OrderMapping> mapping,
            ModelNames models,
            DeviceClaims claims,
            UnitOfWork work,
            DeviceRepository devices,
            OrderRepository orders,
            Supplier<String> ids,
            Supplier<String> seeds,
            CompleteWhen complete,
            Clock clock) {
        this(
                new NewOrderReader(mapping, models),
                new ForeignClaims(claims, mapping),
                work,
                devices,
                orders,
                new LineApplication(models, seeds, clock),
                device -> ForeignClaims.isForeign(claims, device),
                new Settled(complete),
                ids,
                complete,
                clock);
    }

    private BulkIntake(
            NewOrderReader reader,
            ForeignClaims claims,
            UnitOfWork work,
            DeviceRepository devices,
            OrderLedger orders,
            LineApplication application,
            Predicate<Device> isForeign,
            Predicate<Device> isSettled,
            Supplier<String> ids,
            CompleteWhen complete,
            Clock clock) {
        this.reader = reader;
        this.claims = claims;
        this.work = work;
        this.devices = devices;
        this.orders = orders;
        this.application = application;
        this.isForeign = isForeign;
        this.isSettled = isSettled;
        this.ids = ids;
        this.complete = complete;
        this.clock = clock;
    }

    /** The same, where publishing completes orders: what devices have applied is never known, and not waited for. */
    public BulkIntake whereFilesArePublished() {
        return new BulkIntake(
                reader, claims, work, devices, orders, application, isForeign, device -> true, ids, complete, clock);
    }

    /** The same, but nothing is kept: what it is given it remembers for itself. For one file, one thread. */
    public BulkIntake dryRun() {
        return new BulkIntake(
                reader,
                claims,
                DryRun.NO_UNIT,
                new DryRun.Devices(devices),
                new DryRun.Orders(orders),
                application,
                isForeign,
                isSettled,
                ids,
                complete,
                clock);
    }

    /**
     * What became of one order.
     *
     * @param ok     whether everything is as ordered now
     * @param reason why not, or a remark; empty for nothing to say
     * @param order  what was kept, or found to be the same; null when there is none
     */
    public record Outcome(
            boolean ok, String reason, @Nullable ServiceOrder order) {
        static Outcome done(ServiceOrder order) {
            return new Outcome(true, "", order);
        }

        static Outcome remark(String remark, @Nullable ServiceOrder order) {
            return new Outcome(true, remark, order);
        }

        static Outcome failed(String reason) {
            return new Outcome(false, reason, null);
        }
    }

    /** As {@link #acceptAndFulfilAll(List, Consumer)}, with nothing to be kept beside it. */
    public List<Outcome> acceptAndFulfilAll(List<NewOrder> batch) {
        return acceptAndFulfilAll(batch, outcomes -> {});
    }

    /**
     * Takes and carries out orders in their order.
     *
     * @param batch     orders of one item each, to be carried out at once
     * @param alongside is told of outcomes inside the transaction that keeps them, as often as there are transactions: what it
     *                  writes is kept with them or not at all
     * @return an outcome for each, in the same order
     * @throws StoreUnavailableException when the store is away; some may have been taken, all can be repeated
     */
    public List<Outcome> acceptAndFulfilAll(List<NewOrder> batch, Consumer<List<Outcome>> alongside) {
        if (batch.isEmpty()) {
            return List.of();
        }
        List<NewOrderReader.Checked> checked = batch.stream().map(reader::check).toList();
        try {
            return together(batch, checked, alongside);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) {
            LOG.warn("batch of orders refused by the store, taking them one by one orders={}", batch.size(), e);
            List<Outcome> outcomes = new ArrayList<>();
            for (int index = 0; index < batch.size(); index++) {
                outcomes.add(alone(batch.get(index), checked.get(index), alongside));
            }
            return outcomes;
        }
    }

    private List<Outcome> together(
            List<NewOrder> batch, List<NewOrderReader.Checked> checked, Consumer<List<Outcome>> alongside) {
        oneUnitAtATime.lock();
        try {
            return work.run(() -> {
                BulkUnit unit = new BulkUnit(
                        new LineFulfilment(devices, application, isForeign, isSettled),
                        claims,
                        orders,
                        ids,
                        complete,
                        clock.instant());
                List<Outcome> outcomes = unit.take(batch, checked);
                alongside.accept(outcomes);
                return outcomes;
            });
        } finally {
            oneUnitAtATime.unlock();
        }
    }

    private Outcome alone(NewOrder order, NewOrderReader.Checked checked, Consumer<List<Outcome>> alongside) {
        try {
            return together(List.of(order), List.of(checked), alongside).get(0);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) {
            LOG.warn("order could not be stored externalId={}", order.externalId(), e);
            return Outcome.failed("could not be stored");
        }
    }

    /** What an orderer reads of problems. */
    static Optional<Outcome> refusal(List<OrderProblem> problems) {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(Outcome.failed(String.join(
                        "; ", problems.stream().map(OrderProblem::message).toList())));
    }
}
