package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceState;
import dev.provhub.device.MacAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a device what an ordered line says. To be called inside the unit of work that also keeps the outcome. */
final class LineFulfilment {
    private final DeviceRepository devices;
    private final LineApplication application;
    private final Predicate<Device> isForeign;
    private final Predicate<Device> isSettled;

    /**
     * Wires the parts.
     *
     * @param isForeign whether a device that would be so is claimed for another tenant than its own
     * @param isSettled whether nothing that was done to a device before is waited for
     */
    LineFulfilment(
            DeviceRepository devices,
            LineApplication application,
            Predicate<Device> isForeign,
            Predicate<Device> isSettled) {
        this.devices = devices;
        this.application = application;
        this.isForeign = isForeign;
        this.isSettled = isSettled;
    }

    /** The same, with another notion of what is settled. */
    LineFulfilment settledBy(Predicate<Device> settled) {
        return new LineFulfilment(devices, application, isForeign, settled);
    }

    OrderItem.Outcome carryOut(LineOrder order) {
        boolean nothingAsked = order.action() == OrderAction.NO_CHANGE;
        boolean nothingThere = order.action() == OrderAction.DELETE
                && devices.findByMac(order.mac()).isEmpty();
        if (nothingAsked || nothingThere) {
            return OrderItem.Outcome.NOTHING_TO_CHANGE;
        }
        try {
            Optional<MacAddress> swappedOut = order.swappedOut();
            return swappedOut.isPresent() ? swap(swappedOut.get(), order) : change(order);
        } catch (LineApplication.Refusal e) {
            return OrderItem.Outcome.refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a device will never have held once a line that it was never given is gone: what was ordered of that line, and with the
     * last line what was ordered of the device.
     */
    Predicate<OrderItem> neverHeld(LineOrder delete) {
        boolean isEmpty = devices.findByMac(delete.mac())
                .map(device -> device.lines().isEmpty())
                .orElse(true);
        return item -> item.line().mac().equals(delete.mac())
                && (isEmpty || item.line().lineNumber() == delete.lineNumber());
    }

    private OrderItem.Outcome change(LineOrder order) {
        AtomicReference<@Nullable Device> before = new AtomicReference<>();
        Device after = devices.change(order.mac(), existing -> {
            before.set(existing.orElse(null));
            return application.apply(existing, order);
        });
        return outcome(order, before.get(), after);
    }

    private OrderItem.Outcome outcome(LineOrder order, @Nullable Device before, Device after) {
        if (after.equals(before)) {
            return unchanged(order, after);
        }
        // A device that was never given a key never held a line either: nobody would ever tell that it is gone
        boolean neverGivenAnything = after.standing().state() == DeviceState.NEW;
        return order.action() == OrderAction.DELETE && neverGivenAnything
                ? OrderItem.Outcome.NOTHING_TO_APPLY
                : OrderItem.Outcome.changedTo(after.standing().revision(), LineUndo.of(order, before));
    }

    /** It is as ordered in the hub, and on the device once that has applied what was done before. */
    private OrderItem.Outcome unchanged(LineOrder order, Device device) {
        boolean neverHeldIt =
                order.action() == OrderAction.DELETE && device.standing().state() == DeviceState.NEW;
        return neverHeldIt || isSettled.test(device)
                ? OrderItem.Outcome.NOTHING_TO_CHANGE
                : OrderItem.Outcome.relyingOn(device.standing().revision());
    }

    /** Nothing is written before it is known that both devices can be so: a refusal leaves the transaction as it was. */
    private OrderItem.Outcome swap(MacAddress swappedOut, LineOrder order) {
        // In the order of the names, so that two swaps never wait for each other
        boolean oldFirst = swappedOut.hex().compareTo(order.mac().hex()) < 0;
        lock(oldFirst ? swappedOut : order.mac());
        lock(oldFirst ? order.mac() : swappedOut);
        Device out = devices.findByMac(swappedOut)
                .orElseThrow(() -> new LineApplication.Refusal("there is no device " + swappedOut));
        Optional<Device> there = devices.findByMac(order.mac());
        Device in = application.swappedIn(out, there, order);
        if (there.isPresent() && in.equals(there.get())) {
            return unchanged(order, in);
        }
        if (isForeign.test(in)) {
            // The tenant comes with the lines, so that the order alone does not show it
            throw new LineApplication.Refusal("device " + in.mac() + " is claimed for another tenant");
        }
        devices.change(swappedOut, DeviceRepository.Change.ofExisting(swappedOut, application::swappedOut));
        Device after = devices.change(order.mac(), existing -> in);
        return OrderItem.Outcome.changedTo(after.standing().revision(), LineUndo.ofSwap(out, order));
    }

    private void lock(MacAddress mac) {
        if (devices.findByMac(mac).isPresent()) {
            devices.change(mac, DeviceRepository.Change.ofExisting(mac, device -> device));
        }
    }
}
