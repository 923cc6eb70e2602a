package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceState;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.notify.Deliveries;
import dev.provhub.notify.Notification;
import dev.provhub.notify.Notifications;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.NotifyJournal;
import dev.provhub.notify.NotifyOutcome;
import dev.provhub.notify.NotifyPlanner;
import dev.provhub.notify.UndeliverableException;
import dev.provhub.order.OrderItem;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between those who want phones told something, the queue, and what carries it out. Thread-safe. */
public final class NotifyDesk {
    /** How long a NOTIFY may be late; then it helps nobody any more. */
    private static final Duration OLDEST = Duration.ofHours(1);
    /** Longer than any delivery takes, so that nobody else begins with what is in good hands. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Parts parts;
    private final Rate rate;
    private final IntUnaryOperator random;
    private Instant swept = Instant.EPOCH;

    /** What it stands on. */
    public record Parts(
            Notifications queue,
            Deliveries deliveries,
            NotifyPlanner planner,
            NotifyJournal journal,
            DeviceRepository devices,
            DeviceModels models,
            OrderRepository orders,
            AuditLog audit,
            UnitOfWork unitOfWork,
            Clock clock) {}

    /**
     * How fast it goes.
     *
     * @param perSecond how many are taken from the queue at once
     * @param spread    over which those to many devices at once are spread
     */
    public record Rate(int perSecond, Duration spread) {}

    /** @param random gives a number from 0 to below another */
    public NotifyDesk(Parts parts, Rate rate, IntUnaryOperator random) {
        this.parts = parts;
        this.rate = rate;
        this.random = random;
    }

    /**
     * What became of a wish.
     *
     * @param id        of the NOTIFY in the queue; null when there is none
     * @param objection why not; null when it is in the queue, and when the device is unknown
     */
    public record Answer(@Nullable Long id, @Nullable String objection) {
        static final Answer UNKNOWN = new Answer(null, null);
    }

    /**
     * Puts a NOTIFY into the queue, at once due.
     *
     * @param to where to send it, as {@link dev.provhub.notify.SipAddress} reads it; null for where the settings say
     */
    public Answer ask(MacAddress mac, NotifyAction action, @Nullable String to, String who) {
        return parts.devices()
                .findByMac(mac)
                .map(device -> ask(device, action, to, who, parts.clock().instant()))
                .orElse(Answer.UNKNOWN);
    }

    /**
     * Has many devices told the same, spread over {@code hub.notify.spread}. Those that cannot be told are passed over.
     *
     * @return how many are in the queue
     */
    public int askAll(Collection<MacAddress> macs, NotifyAction action, String who) {
        Instant now = parts.clock().instant();
        int range = macs.size() == 1 ? 1 : (int) rate.spread().toSeconds() + 1;
        int asked = 0;
        for (MacAddress mac : macs) {
            Instant notBefore = now.plusSeconds(random.applyAsInt(range));
            Optional<Answer> answer =
                    parts.devices().findByMac(mac).map(device -> ask(device, action, null, who, notBefore));
            asked += answer.filter(given -> given.id() != null).isPresent() ? 1 : 0;
        }
        return asked;
    }

    private Answer ask(Device device, NotifyAction action, @Nullable String to, String who, Instant notBefore) {
        Optional<String> objection = NotifyPlanner.objection(
                device, parts.models().named(device.model()).orElse(null), action);
        if (objection.isPresent()) {
            return new Answer(null, objection.get());
        }
        Long id = parts.unitOfWork().run(() -> {
            parts.audit()
                    .add(
                            who,
                            "NOTIFY asked device=" + device.mac() + " action=" + action.word()
                                    + (to == null ? "" : " to=" + to));
            return parts.queue()
                    .add(
                            new Notifications.Wanted(device.mac(), action, to, who, notBefore),
                            parts.clock().instant());
        });
        return new Answer(id, null);
    }

    /** Has the devices of an order that hold their own profile told to resync: the others ask by themselves soon. */
    public void askOrdered(String order, String who) {
        askOrdered(parts.orders().find(order).stream().toList(), who);
    }

    /** The same for many orders. What was not carried out yet, or changed nothing, is nothing to fetch. */
    public void askOrdered(List<ServiceOrder> orders, String who) {
        SortedSet<MacAddress> macs = orders.stream()
                .flatMap(order -> order.items().stream())
                .filter(item -> item.revision() != null)
                .flatMap(OrderItem::devices)
                .distinct()
                .filter(this::holdsItsProfile)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!macs.isEmpty()) {
            askAll(macs, NotifyAction.RESYNC, who);
        }
    }

    private boolean holdsItsProfile(MacAddress mac) {
        return parts.devices()
                .findByMac(mac)
                .filter(device -> device.standing().state() == DeviceState.SECURED)
                .isPresent();
    }

    /** What is due, and no other hub's. What has waited for too long is not among it: it has ended. */
    List<Notification> claim() {
        Instant now = parts.clock().instant();
        sweep(now);
        return parts.queue().claim(now, now.plus(LEASE), rate.perSecond()).stream()
                .filter(one -> isWorthIt(one, now))
                .toList();
    }

    private synchronized void sweep(Instant now) {
        if (now.isAfter(swept.plus(OLDEST))) {
            swept = now;
            parts.queue().forgetBefore(now.minus(KEPT));
        }
    }

    private boolean isWorthIt(Notification one, Instant now) {
        if (one.notBefore().plus(OLDEST).isBefore(now)) {
            end(one, NotifyOutcome.failed("it waited for more than an hour and was dropped"));
            return false;
        }
        if (one.attempts() > MOST_ATTEMPTS) {
            end(one, NotifyOutcome.failed("it was begun " + MOST_ATTEMPTS + " times, and each time the hub stopped"));
            return false;
        }
        return true;
    }

    void begin(Notification one) {
        try {
            Device device = parts.devices()
                    .findByMac(one.mac())
                    .orElseThrow(() -> new UndeliverableException("the device is not known any more"));
            parts.deliveries()
                    .begin(parts.planner()
                            .plan(
                                    one,
                                    device,
                                    parts.models().named(device.model()).orElse(null)));
        } catch (UndeliverableException e) {
            end(one, NotifyOutcome.failed(String.valueOf(e.getMessage())));
        }
    }

    /** Writes down how one has ended. */
    public void end(Notification one, NotifyOutcome outcome) {
        Instant now = parts.clock().instant();
        parts.queue().end(one.id(), outcome, now);
        parts.journal()
                .noted(
                        one.mac(),
                        now,
                        one.action().word(),
                        outcome.delivered() ? Notification.State.DELIVERED.word() : Notification.State.FAILED.word(),
                        outcome.text());
    }

    List<Notification> latest(MacAddress mac, int limit) {
        return parts.queue().latest(mac, limit);
    }
}
