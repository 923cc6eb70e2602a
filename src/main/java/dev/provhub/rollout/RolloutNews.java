package dev.provhub.rollout;

import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.rollout.RolloutDevices.Milestone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told of rollouts: ends, and devices that have arrived. It is written down with what it tells, and stays there
 * until it has been told: what a hub has taken and not told within {@link #LEASE}, because it died or had no room for it, is taken again. So
 * it is told at least once. Thread-safe.
 */
public final class RolloutNews {
    /** Longer than it takes until an event that nobody takes is kept as a fault. */
    static final Duration LEASE = Duration.ofHours(1);

    private static final int EVENTS = 200;

    private final Rollouts rollouts;
    private final RolloutDevices devices;
    private final UnitOfWork work;
    private final Clock clock;
    private final Queue<Receipt> told = new ConcurrentLinkedQueue<>();
    private Instant last = Instant.MIN;

    RolloutNews(Rollouts rollouts, RolloutDevices devices, UnitOfWork work, Clock clock) {
        this.rollouts = rollouts;
        this.devices = devices;
        this.work = work;
        this.clock = clock;
    }

    /**
     * What was taken, to be given back once it has been told.
     *
     * @param mac   the device of a milestone; null for a rollout itself
     * @param taken when it was taken
     */
    public record Receipt(long rollout, @Nullable MacAddress mac, Instant taken) {}

    /**
     * Rollouts that have ended, stopped or paused, and devices that have arrived.
     *
     * @param taken when they were taken
     */
    public record News(List<Rollout> rollouts, List<Milestone> milestones, Instant taken) {
        /** What says that a rollout has been told. */
        public Receipt receipt(Rollout rollout) {
            return new Receipt(rollout.id(), null, taken);
        }

        /** What says that a milestone has been told. */
        public Receipt receipt(Milestone milestone) {
            return new Receipt(milestone.rollout(), milestone.mac(), taken);
        }
    }

    /** What is to be told and what no hub is at. */
    public synchronized News take() {
        // As exactly as every database keeps it
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        writeDown();
        if (now.isBefore(last) || last.equals(Instant.MIN)) {
            // By a clock that was ahead it would be taken for a long time to come
            work.run(() -> rollouts.freeNews(now) + devices.freeMilestones(now));
        }
        last = now;
        return new News(
                rollouts.takeEnded(EVENTS, now, now.minus(LEASE)),
                devices.takeMilestones(EVENTS, now, now.minus(LEASE)),
                now);
    }

    /** It has been told. Written down with others a moment later; if the hub dies before, it is told again. */
    public void told(Receipt receipt) {
        told.add(receipt);
    }

    private void writeDown() {
        List<Receipt> some = new ArrayList<>();
        for (Receipt next = told.poll(); next != null; next = told.poll()) {
            some.add(next);
        }
        if (some.isEmpty()) {
            return;
        }
        try {
            work.run(() -> {
                rollouts.told(some.stream().filter(one -> one.mac() == null).toList());
                devices.told(some.stream().filter(one -> one.mac() != null).toList());
                return some;
            });
        } catch (RuntimeException e) {
            told.addAll(some);
            throw e;
        }
    }
}
