package dev.provhub.notify;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * All NOTIFYs that are on their way. Each message is a transaction, found again by its branch: a response counts only with a
 * branch that is waited for, from the address that the request went to, and when it fits the request. Everything else that comes
 * in changes nothing. Thread-safe.
 */
public final class Deliveries {
    /** When no further line is tried. A line takes {@link ClientTransaction#TIMEOUT} at most for each message. */
    static final Duration LAST_LINE = Duration.ofMinutes(2);

    private final Postman postman;
    private final Timers timers;
    private final RandomIds random;
    private final BiConsumer<Notification, NotifyOutcome> ended;
    private final Map<String, Running> running = new HashMap<>();
    private boolean closed;

    /** @param ended is told of each outcome, on any thread */
    public Deliveries(
            Postman postman, Timers timers, SecureRandom random, BiConsumer<Notification, NotifyOutcome> ended) {
        this.postman = postman;
        this.timers = timers;
        this.random = new RandomIds(random);
        this.ended = ended;
    }

    /** A message that waits for its response. */
    private record Running(
            Delivery delivery, Duration begun, Outgoing message, ClientTransaction transaction, Duration sent) {}

    /** Begins to bring one to its phone. */
    public void begin(DeliveryPlan plan) {
        Delivery delivery = new Delivery(plan, random);
        send(delivery, timers.now(), delivery.request());
    }

    private void send(Delivery delivery, Duration begun, Outgoing message) {
        Running sent = new Running(
                delivery,
                begun,
                message,
                new ClientTransaction(message.transport().isReliable()),
                timers.now());
        synchronized (running) {
            if (closed) {
                return;
            }
            running.put(message.branch(), sent);
        }
        postman.send(message);
        timers.after(sent.transaction().next(), () -> timerOf(message.branch()));
    }

    private void timerOf(String branch) {
        Running one;
        ClientTransaction.Due due;
        Duration next;
        synchronized (running) {
            one = running.get(branch);
            if (one == null) {
                return;
            }
            Duration elapsed = timers.now().minus(one.sent());
            due = one.transaction().due(elapsed);
            next = one.transaction().next().minus(elapsed);
        }
        if (due == ClientTransaction.Due.TIMED_OUT) {
            ended(branch, delivery -> delivery.silent(isInTime(one)));
            return;
        }
        if (due == ClientTransaction.Due.SEND_AGAIN) {
            postman.send(one.message());
        }
        timers.after(next, () -> timerOf(branch));
    }

    /**
     * Something has come in.
     *
     * @param source  where from
     * @param message anything
     */
    public void received(InetAddress source, byte[] message) {
        Optional<SipResponse> read = SipResponseReader.read(message);
        if (read.isEmpty()) {
            return;
        }
        SipResponse response = read.get();
        Running one;
        synchronized (running) {
            one = running.get(response.branch());
            if (one == null
                    || !one.message().target().getAddress().equals(source)
                    || !one.delivery().isAnswer(response)
                    || !one.transaction().answered(response)) {
                return;
            }
        }
        ended(response.branch(), delivery -> delivery.answered(response, isInTime(one)));
    }

    /**
     * A message could not be sent: the connection was refused, or there is no way.
     *
     * @param why for the operator
     */
    public void unsent(String branch, String why) {
        ended(branch, delivery -> delivery.unsent(why));
    }

    private boolean isInTime(Running one) {
        return timers.now().minus(one.begun()).compareTo(LAST_LINE) < 0;
    }

    /** A transaction is over: either another one follows, or it was the last. */
    private void ended(String branch, Function<Delivery, Delivery.Next> what) {
        Running one;
        Delivery.Next next;
        synchronized (running) {
            one = running.remove(branch);
            if (one == null) {
                return;
            }
            next = what.apply(one.delivery());
        }
        if (next instanceof Delivery.Next.Send send) {
            send(one.delivery(), one.begun(), send.message());
        } else if (next instanceof Delivery.Next.End end) {
            ended.accept(one.delivery().what(), end.outcome());
        }
    }

    /** How many are on their way, for metrics. */
    public int inFlight() {
        synchronized (running) {
            return running.size();
        }
    }

    /** Stops; gives those that were on their way. */
    public List<Notification> close() {
        synchronized (running) {
            closed = true;
            List<Notification> left = new ArrayList<>();
            running.values().forEach(one -> left.add(one.delivery().what()));
            running.clear();
            return left;
        }
    }
}
