package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceState;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes a device what an ordered line says. To be called inside the unit of work that also keeps the outcome. */
final class LineFulfilment {
    private final DeviceRepository devices;
    private final LineApplication application;

    LineFulfilment(DeviceRepository devices, LineApplication application) {
        this.devices = devices;
        this.application = application;
    }

    OrderItem.Outcome carryOut(LineOrder order) {
        boolean nothingAsked = order.action() == OrderAction.NO_CHANGE;
        boolean nothingThere = order.action() == OrderAction.DELETE
                && devices.findByMac(order.mac()).isEmpty();
        if (nothingAsked || nothingThere) {
            return OrderItem.Outcome.NOTHING_TO_CHANGE;
        }
        AtomicReference<@Nullable Device> before = new AtomicReference<>();
        try {
            Device after = devices.change(order.mac(), existing -> {
                before.set(existing.orElse(null));
                return application.apply(existing, order);
            });
            return outcome(order, before.get(), after);
        } catch (LineApplication.Refusal e) {
            return OrderItem.Outcome.refused(String.valueOf(e.getMessage()));
        }
    }

    private static OrderItem.Outcome outcome(LineOrder order, @Nullable Device before, Device after) {
        if (after.equals(before)) {
            return OrderItem.Outcome.NOTHING_TO_CHANGE;
        }
        // A device that was never given a key never held a line either: nobody would ever tell that it is gone
        boolean neverGivenAnything = after.standing().state() == DeviceState.NEW;
        return order.action() == OrderAction.DELETE && neverGivenAnything
                ? OrderItem.Outcome.NOTHING_TO_APPLY
                : OrderItem.Outcome.changedTo(after.standing().revision());
    }
}
