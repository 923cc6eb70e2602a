package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceState;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders back: what nothing was done of is cancelled; what was done and not yet applied is undone, and cancelled at once
 * when the device has not fetched it, else when it has applied that. What is applied stays. Thread-safe.
 */
public final class OrderCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(OrderCancellation.class);
    private static final int AT_ONCE = 500;

    private final UnitOfWork work;
    private final OrderRepository orders;
    private final CancelRepository tasks;
    private final OrderEvents events;
    private final DeviceRepository devices;
    private final LineFulfilment lines;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param events is told of tasks; of orders their repository tells
     * @param ids    makes an id for each task that no other has
     * @param seeds  makes the random text of a device that is new
     */
    public OrderCancellation(
            ModelNames models,
            UnitOfWork work,
            OrderRepository orders,
            CancelRepository tasks,
            OrderEvents events,
            DeviceRepository devices,
            Supplier<String> ids,
            Supplier<String> seeds,
            Clock clock) {
        this.work = work;
        this.orders = orders;
        this.tasks = tasks;
        this.events = events;
        this.devices = devices;
        // What is taken back was so before
        this.lines =
                new LineFulfilment(devices, new LineApplication(models, seeds, clock), device -> false, device -> true);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes a wish to cancel, and does it when its time has come.
     *
     * @param requested not before; null for at once
     * @param details   see {@link CancelTask#details}
     * @param alongside runs in the transaction that keeps it
     * @return how it then stands; empty when there is no such order
     * @throws OrderConflict when nothing of the order can be cancelled any more
     */
    public Optional<CancelTask> request(
            String orderId, @Nullable Instant requested, String details, Runnable alongside) {
        Optional<CancelTask> taken = work.run(() -> {
            Optional<ServiceOrder> order = orders.find(orderId);
            if (order.isEmpty()) {
                return Optional.empty();
            }
            if (order.get().state().isFinal()) {
                throw new OrderConflict(tooLate(order.get()));
            }
            CancelTask task = new CancelTask(
                    ids.get(), orderId, CancelTask.State.ACCEPTED, clock.instant(), requested, null, null, details);
            tasks.add(task);
            events.cancelling(null, task);
            alongside.run();
            return Optional.of(task);
        });
        boolean isDue = requested == null || !requested.isAfter(clock.instant());
        return isDue ? taken.flatMap(task -> carryOut(task.id())) : taken;
    }

    /**
     * Does what is due. To be called from time to time.
     *
     * @return how many tasks that were
     */
    public int resume() {
        tasks.overtaken(AT_ONCE).forEach(this::settle);
        List<String> due = tasks.due(clock.instant(), AT_ONCE);
        due.forEach(this::carryOut);
        return due.size();
    }

    private Optional<CancelTask> carryOut(String id) {
        Optional<CancelTask> done;
        try {
            done = decide(id, task -> {
                Instant now = clock.instant();
                ServiceOrder order = orders.change(task.orderId(), current -> cancelled(current, now))
                        .orElseThrow(() -> new OrderConflict("the order is not there any more"));
                return order.state().isFinal()
                        ? task.in(CancelTask.State.DONE, now, null)
                        : task.in(CancelTask.State.IN_PROGRESS, null, null);
            });
        } catch (OrderConflict e) {
            // What was undone up to there was taken back with its transaction
            done = decide(id, task -> task.in(CancelTask.State.TERMINATED_WITH_ERROR, null, e.getMessage()));
        }
        done.ifPresent(task -> {
            LOG.info(
                    "cancellation of an order order={} state={}",
                    task.orderId(),
                    task.state().wireName());
            if (task.state() == CancelTask.State.DONE) {
                orders.find(task.orderId()).ifPresent(this::finished);
            }
        });
        return done;
    }

    private Optional<CancelTask> decide(String id, UnaryOperator<CancelTask> decision) {
        return work.run(() -> tasks.lock(id)
                .map(task -> task.state() == CancelTask.State.ACCEPTED ? keep(task, decision.apply(task)) : task));
    }

    private CancelTask keep(CancelTask before, CancelTask after) {
        if (after.equals(before)) {
            return before;
        }
        tasks.update(after);
        events.cancelling(before, after);
        return after;
    }

    /** Nothing is left to do for an order: those who wished it cancelled are done, or too late. To be called after its last change. */
    public void finished(ServiceOrder order) {
        if (!order.state().isFinal()) {
            return;
        }
        for (String id : tasks.open(order.id())) {
            work.run(() -> tasks.lock(id)
                    .filter(task -> task.state() == CancelTask.State.IN_PROGRESS)
                    .map(task -> keep(task, task.in(CancelTask.State.DONE, clock.instant(), null))));
            settle(id);
        }
    }

    /** A wish that waits for its time is told at once when its order has ended before. */
    private void settle(String id) {
        decide(id, task -> {
            Optional<ServiceOrder> order = orders.find(task.orderId());
            if (order.isEmpty()) {
                return task.in(CancelTask.State.TERMINATED_WITH_ERROR, null, "the order is not there any more");
            }
            OrderState state = order.get().state();
            if (state == OrderState.CANCELLED) {
                return task.in(CancelTask.State.DONE, clock.instant(), null);
            }
            return state.isFinal() ? task.in(CancelTask.State.TERMINATED_WITH_ERROR, null, tooLate(order.get())) : task;
        });
    }

    private static String tooLate(ServiceOrder order) {
        return "the order is " + order.state().wireName() + ": nothing of it can be cancelled";
    }

    /**
     * An order with all cancelled that can be. To be called inside the change of the order.
     *
     * @throws OrderConflict when nothing can, or something that was done cannot be undone; nothing was changed then
     */
    ServiceOrder cancelled(ServiceOrder order, Instant now) {
        if (order.state().isFinal()) {
            throw new OrderConflict(tooLate(order));
        }
        order.items().stream()
                .filter(item -> item.undo() != null && !item.state().isFinal())
                .filter(item -> orders.isFollowed(order.id(), item.line().mac()))
                .findFirst()
                .ifPresent(item -> {
                    throw new OrderConflict("item '" + item.id() + "': a later order has changed device "
                            + item.line().mac());
                });
        List<OrderItem> lastFirst = new ArrayList<>(order.items());
        Collections.reverse(lastFirst);
        List<OrderItem> after = new ArrayList<>();
        lastFirst.forEach(item -> after.add(item.state().isFinal() ? item : cancelled(item)));
        Collections.reverse(after);
        return order.withItems(after, now);
    }

    private OrderItem cancelled(OrderItem item) {
        if (item.state() == OrderState.PENDING_CANCELLATION) {
            return item;
        }
        LineOrder undo = item.undo();
        if (undo == null) {
            return item.cancelled();
        }
        OrderItem.Outcome outcome = lines.carryOut(undo);
        if (outcome.refusal() != null) {
            throw new OrderConflict("item '" + item.id() + "' cannot be undone: " + outcome.refusal());
        }
        // What was amended since has forgotten what the device had fetched
        boolean deviceHasIt =
                item.progress().fetched() != null || item.progress().configured() == null;
        long revision = devices.findByMac(item.line().mac())
                .filter(device -> device.standing().state() != DeviceState.NEW)
                .map(Device::standing)
                .map(Device.Standing::revision)
                .orElse(0L);
        return deviceHasIt && outcome.changed() && revision > 0 ? item.beingCancelled(revision) : item.cancelled();
    }
}
