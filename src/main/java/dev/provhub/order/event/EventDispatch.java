package dev.provhub.order.event;

import dev.provhub.device.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from the outbox to those who listen. Each listener has threads of its own while something waits for it, so that
 * a slow one holds up no other; up to {@value #AT_ONCE} events of different orders are on their way to it at once, and never two
 * of one order. A listener that takes nothing is tried again after 1 s, 2 s, 4 s … up to an hour, with one event. What it has
 * not taken for as long as is set is dead, and waits for a person. Thread-safe.
 */
public final class EventDispatch implements AutoCloseable {
    /** Events on their way to one listener. */
    static final int AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatch.class);
    private static final int CLAIMED = 32;
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 12;
    private static final int IDLE_SECONDS = 5;

    private final EventOutbox outbox;
    private final Sender sender;
    private final Duration giveUp;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger names = new AtomicInteger();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    private volatile boolean closed;

    /** Brings one event to one listener. */
    @FunctionalInterface
    public interface Sender {
        /**
         * Returns when the listener has it.
         *
         * @return empty; or why it was not taken, without secrets
         */
        String send(EventDelivery delivery);
    }

    /** @param giveUp how long an event is tried until it is dead */
    public EventDispatch(EventOutbox outbox, Sender sender, Duration giveUp, Clock clock) {
        this.outbox = outbox;
        this.sender = sender;
        this.giveUp = giveUp;
        this.clock = clock;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "order-events-" + names.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Looks for what waits, and begins to bring it; does not wait for the end. To be called often. */
    public void wake() {
        for (String id : outbox.due(clock.instant())) {
            if (!closed && busy.add(id)) {
                threads.execute(() -> serve(id));
            }
        }
    }

    private void serve(String subscription) {
        try {
            boolean more = true;
            while (more && !closed) {
                more = turn(subscription);
            }
        } catch (StoreException e) {
            LOG.warn("events wait for the database listener={}", subscription, e);
        } finally {
            busy.remove(subscription);
        }
    }

    /** Whether there may be more to bring at once. */
    private boolean turn(String subscription) {
        Instant now = clock.instant();
        boolean isDoubtful =
                outbox.find(subscription).filter(one -> one.failures() > 0).isPresent();
        List<EventDelivery> claimed = outbox.claim(subscription, now, now.plus(LEASE), isDoubtful ? 1 : CLAIMED);
        if (claimed.isEmpty()) {
            return false;
        }
        Outcome outcome = bring(claimed);
        outbox.delivered(outcome.taken);
        if (closed) {
            // What was cut off has not failed
            outcome.refused.forEach(refused -> outcome.untried.add(refused.delivery));
            outcome.refused.clear();
        }
        outbox.release(outcome.untried);
        Instant after = clock.instant();
        outcome.refused.forEach(refused -> outbox.failed(
                refused.delivery,
                refused.reason,
                after.plus(pause(refused.delivery.attempts() + 1)),
                after.minus(giveUp)));
        if (outcome.taken.isEmpty() && !outcome.refused.isEmpty()) {
            Refused first = outcome.refused.get(0);
            int failures = first.delivery.to().failures() + 1;
            outbox.pause(subscription, after.plus(pause(failures)), after.minus(giveUp), first.reason);
            LOG.warn("events not taken listener={} failures={} reason={}", subscription, failures, first.reason);
            return false;
        }
        return true;
    }

    private record Refused(EventDelivery delivery, String reason) {}

    private record Outcome(List<EventDelivery> taken, List<Refused> refused, List<EventDelivery> untried) {}

    private Outcome bring(List<EventDelivery> claimed) {
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int from = 0; from < claimed.size(); from += AT_ONCE) {
            List<EventDelivery> some = claimed.subList(from, Math.min(from + AT_ONCE, claimed.size()));
            boolean isHopeless = outcome.taken.isEmpty() && !outcome.refused.isEmpty();
            if (closed || isHopeless) {
                outcome.untried.addAll(some);
            } else {
                together(some, outcome);
            }
        }
        return outcome;
    }

    private void together(List<EventDelivery> some, Outcome outcome) {
        List<Callable<String>> sending = some.stream()
                .map(one -> (Callable<String>) () -> sender.send(one))
                .toList();
        try {
            List<Future<String>> results = threads.invokeAll(sending);
            for (int index = 0; index < some.size(); index++) {
                String reason = reason(results.get(index));
                if (reason.isEmpty()) {
                    outcome.taken.add(some.get(index));
                } else {
                    outcome.refused.add(new Refused(some.get(index), reason));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.untried.addAll(some);
        }
    }

    private static String reason(Future<String> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            LOG.warn("an event could not be sent", e);
            return "could not be sent";
        }
    }

    /** How long nothing is tried after so many failures in turn, from 1. */
    static Duration pause(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** What is on its way may still arrive and is then sent again later. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }
}
