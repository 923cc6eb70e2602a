package dev.provhub.order;

import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders that were taken. An item and its device change in one unit of work, so a crash at any moment leaves an
 * item either untouched or done, and everything here may be repeated. Thread-safe.
 */
public final class Fulfilment {
    private static final Logger LOG = LoggerFactory.getLogger(Fulfilment.class);
    private static final int RESUMED_AT_ONCE = 500;

    private final UnitOfWork work;
    private final OrderRepository orders;
    private final LineFulfilment lines;
    private final Clock clock;

    /**
     * Wires the parts.
     *
     * @param seeds makes the random text of a device that is new, see {@link dev.provhub.device.Device.Standing#seed}
     */
    public Fulfilment(
            ModelNames models,
            UnitOfWork work,
            DeviceRepository devices,
            OrderRepository orders,
            Supplier<String> seeds,
            Clock clock) {
        this.work = work;
        this.orders = orders;
        this.lines = new LineFulfilment(devices, new LineApplication(models, seeds, clock));
        this.clock = clock;
    }

    /**
     * Carries out what is not carried out yet of an order, if its time has come.
     *
     * @return the order as it then is, empty when there is none of this id
     */
    public Optional<ServiceOrder> fulfil(String orderId) {
        Optional<ServiceOrder> order = orders.find(orderId);
        if (order.isEmpty() || !order.get().isDue(clock.instant())) {
            return order;
        }
        for (OrderItem item : order.get().items()) {
            if (item.state() == OrderState.ACKNOWLEDGED) {
                order = work.run(() -> orders.change(orderId, current -> carryOut(current, item.id())));
            }
        }
        order.ifPresent(done -> LOG.info(
                "order carried out order={} state={}", orderId, done.state().wireName()));
        return order;
    }

    private ServiceOrder carryOut(ServiceOrder order, String itemId) {
        // Read again under the lock: another thread or hub may have done it meanwhile
        return order.items().stream()
                .filter(item -> item.id().equals(itemId) && item.state() == OrderState.ACKNOWLEDGED)
                .findFirst()
                .map(item -> order.withItem(item.carriedOut(lines.carryOut(item.line())), clock.instant()))
                .orElse(order);
    }

    /**
     * Carries out everything that is waiting: what a crash left, and what was ordered for a time that has come. To be called
     * at start and from time to time.
     *
     * @return how many orders it looked at
     */
    public int resume() {
        int looked = 0;
        List<String> waiting = orders.waiting(clock.instant(), RESUMED_AT_ONCE);
        while (!waiting.isEmpty()) {
            waiting.forEach(this::fulfil);
            looked += waiting.size();
            waiting = orders.waiting(clock.instant(), RESUMED_AT_ONCE);
        }
        return looked;
    }

    /**
     * A device has shown under proof that it has applied a revision: what waited for that revision, or an earlier one, is
     * completed. May be called with each contact; one indexed query when nothing waits.
     * Not to be called inside a change of the device: carrying out locks order, then device.
     */
    public void applied(MacAddress mac, long revision) {
        for (String orderId : orders.waitingFor(mac, revision)) {
            orders.change(orderId, order -> order.applied(mac, revision, clock.instant()))
                    .filter(order -> order.state().isFinal())
                    .ifPresent(order -> LOG.info(
                            "order finished order={} state={}",
                            orderId,
                            order.state().wireName()));
        }
    }
}
