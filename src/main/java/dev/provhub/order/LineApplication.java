package dev.provhub.order;

import dev.provhub.device.Device;
import dev.provhub.device.Line;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an ordered line makes of a device. Adding replaces what was under the line's number; modifying keeps what is not
 * told; deleting what is not there changes nothing. The place (tenant, plan, time zone) belongs to the device: the last
 * order that names it wins. A device whose last line goes is no longer claimed but stays, with its keys, so that it can
 * still be served what takes its data away.
 */
final class LineApplication {
    static final String ACTIVE = "active";
    static final String INACTIVE = "inactive";

    private final ModelNames models;
    private final Supplier<String> seeds;
    private final Clock clock;

    LineApplication(ModelNames models, Supplier<String> seeds, Clock clock) {
        this.models = models;
        this.seeds = seeds;
        this.clock = clock;
    }

    /**
     * The device as ordered, its revision one higher when anything differs, else the device as given.
     *
     * @throws Refusal when it cannot be so
     */
    Device apply(Optional<Device> existing, LineOrder order) {
        Device before = existing.orElseGet(() -> newDevice(order));
        Device after =
                switch (order.action()) {
                    case ADD -> withLine(ofTheSameModel(before, order), order, addedLine(order));
                    case MODIFY -> modified(before, order);
                    case DELETE -> withoutLine(before, order);
                    case NO_CHANGE -> before;
                };
        after = OrderedSettings.on(after, order);
        return existing.isPresent() && !after.equals(before) ? nextRevision(after) : after;
    }

    /** A line more is no reason to take a device for another one. */
    private static Device ofTheSameModel(Device device, LineOrder order) {
        boolean hasOthers = device.lines().stream().anyMatch(line -> line.number() != order.lineNumber());
        order.value(OrderField.DEVICE_MODEL)
                .filter(model -> hasOthers && !model.equals(device.model()))
                .ifPresent(model -> {
                    throw new Refusal("device " + device.mac() + " is a " + device.model()
                            + ": an item that adds a line cannot make it a " + model
                            + "; modify the device, or swap it for another one");
                });
        return device;
    }

    private Device modified(Device before, LineOrder order) {
        boolean lineIsThere = before.line(order.lineNumber()).isPresent();
        return order.isOfDeviceAlone() && !lineIsThere
                ? withLines(before, order, before.lines())
                : withLine(before, order, modifiedLine(before, order));
    }

    /**
     * The device that takes the place of another: all lines of that one, its tenant, plan and time zone, and its own settings
     * where both are of one model; then what the order says of a line or of the device.
     *
     * @throws Refusal when it has lines of its own, or cannot have those
     */
    Device swappedIn(Device out, Optional<Device> there, LineOrder order) {
        if (out.mac().equals(order.mac())) {
            throw new Refusal("device " + order.mac() + " cannot take its own place");
        }
        if (there.isPresent() && !there.get().lines().isEmpty()) {
            throw new Refusal("device " + order.mac() + " has lines of its own");
        }
        if (out.lines().isEmpty()) {
            throw new Refusal("device " + out.mac() + " has no lines");
        }
        String model = order.value(OrderField.DEVICE_MODEL)
                .orElseGet(() -> there.map(Device::model).orElse(out.model()));
        Device empty = there.orElseGet(() -> new Device(
                order.mac(),
                model,
                null,
                true,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(),
                Device.Standing.first(seeds.get())));
        Device moved = new Device(
                order.mac(),
                model,
                empty.serial(),
                true,
                out.place(),
                model.equals(out.model()) ? out.settings() : empty.settings(),
                List.of(),
                empty.standing());
        Device after = withLines(moved, order, out.lines());
        if (!order.isOfDeviceAlone()) {
            after = withLine(after, order, modifiedLine(after, order));
        }
        return there.isPresent() ? nextRevision(after) : after;
    }

    /** A device whose place another one has taken. */
    Device swappedOut(Device out) {
        return nextRevision(new Device(
                out.mac(),
                out.model(),
                out.serial(),
                false,
                out.place(),
                out.settings(),
                List.of(),
                out.standing().left(clock.instant())));
    }

    private Device newDevice(LineOrder order) {
        if (order.action() != OrderAction.ADD) {
            throw new Refusal("there is no device " + order.mac());
        }
        return new Device(
                order.mac(),
                order.model().orElseThrow(() -> new IllegalStateException("a checked order to add has no deviceModel")),
                null,
                true,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(),
                Device.Standing.first(seeds.get()));
    }

    private Device withLine(Device device, LineOrder order, Line line) {
        List<Line> lines = otherLines(device, line.number());
        lines.add(line);
        return withLines(device, order, lines);
    }

    private Device withLines(Device device, LineOrder order, List<Line> lines) {
        String model = order.value(OrderField.DEVICE_MODEL).orElse(device.model());
        int most = models.lines(model);
        lines.stream()
                .mapToInt(Line::number)
                .filter(number -> number > most)
                .findAny()
                .ifPresent(number -> {
                    throw new Refusal(
                            "line " + number + " of device " + device.mac() + ": " + model + " has " + most + " lines");
                });
        return new Device(
                device.mac(),
                model,
                told(order, OrderField.SERIAL_NUMBER, device.serial()),
                true,
                new Device.Place(
                        told(order, OrderField.TENANT, device.place().tenant()),
                        told(order, OrderField.PLAN, device.place().plan()),
                        told(order, OrderField.TIME_ZONE, device.place().timeZone())),
                device.settings(),
                lines,
                device.standing().left(null));
    }

    private Device withoutLine(Device device, LineOrder order) {
        int number = order.lineNumber();
        boolean hasOthers = device.lines().stream().anyMatch(line -> line.number() != number);
        if (order.isLineAssumed() && hasOthers) {
            throw new Refusal("device " + device.mac() + " has line "
                    + device.lines().stream()
                            .map(line -> Integer.toString(line.number()))
                            .collect(Collectors.joining(", "))
                    + ": the item must say by lineNumber which one goes");
        }
        if (device.line(number).isEmpty()) {
            return device;
        }
        List<Line> rest = otherLines(device, number);
        return new Device(
                device.mac(),
                device.model(),
                device.serial(),
                !rest.isEmpty(),
                device.place(),
                device.settings(),
                rest,
                rest.isEmpty() ? device.standing().left(clock.instant()) : device.standing());
    }

    private static List<Line> otherLines(Device device, int number) {
        return new ArrayList<>(
                device.lines().stream().filter(line -> line.number() != number).toList());
    }

    private static Line addedLine(LineOrder order) {
        return new Line(
                order.lineNumber(),
                told(order, OrderField.DIRECTORY_NUMBER, null),
                told(order, OrderField.DISPLAY_NAME, null),
                told(order, OrderField.SIP_USER),
                told(order, OrderField.SIP_AUTH_USER, null),
                told(order, OrderField.SIP_PASSWORD),
                told(order, OrderField.SIP_DOMAIN),
                told(order, OrderField.SIP_PROXY, null),
                told(order, OrderField.SIP_TRANSPORT, null),
                order.value(OrderField.SERVICE_STATE).map(INACTIVE::equals).orElse(false));
    }

    private static Line modifiedLine(Device device, LineOrder order) {
        Line line = device.line(order.lineNumber())
                .orElseThrow(() -> new Refusal("device " + device.mac() + " has no line " + order.lineNumber()));
        return new Line(
                line.number(),
                told(order, OrderField.DIRECTORY_NUMBER, line.directoryNumber()),
                told(order, OrderField.DISPLAY_NAME, line.displayName()),
                order.value(OrderField.SIP_USER).orElse(line.sipUser()),
                told(order, OrderField.SIP_AUTH_USER, line.sipAuthUser()),
                order.value(OrderField.SIP_PASSWORD).orElse(line.sipPassword()),
                order.value(OrderField.SIP_DOMAIN).orElse(line.sipDomain()),
                told(order, OrderField.SIP_PROXY, line.sipProxy()),
                told(order, OrderField.SIP_TRANSPORT, line.sipTransport()),
                order.value(OrderField.SERVICE_STATE).map(INACTIVE::equals).orElse(line.suspended()));
    }

    private static @Nullable String told(LineOrder order, OrderField field, @Nullable String otherwise) {
        String told = order.values().get(field);
        if (told == null) {
            return otherwise;
        }
        // Empty in what takes an item back: there was none before
        return told.isEmpty() ? null : told;
    }

    private static String told(LineOrder order, OrderField field) {
        return order.value(field)
                .orElseThrow(() -> new IllegalStateException("a checked order to add has no " + field.wireName()));
    }

    private static Device nextRevision(Device device) {
        return device.withStanding(device.standing().nextRevision());
    }

    /** An ordered line that the device as it stands cannot have. The message is for the orderer. */
    static final class Refusal extends RuntimeException {
        Refusal(String reason) {
            super(reason, null, false, false);
        }
    }
}
