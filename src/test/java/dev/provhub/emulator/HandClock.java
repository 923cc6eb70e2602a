package dev.provhub.emulator;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Time that passes when the test says so; what is due runs on the test's thread. It stands still while a phone that it watches
 * waits for its network.
 */
final class HandClock implements PhoneClock {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Due> due = new ArrayList<>();
    private final List<VirtualPhone> watched = new CopyOnWriteArrayList<>();
    private final int networkScale;
    private Duration now = Duration.ZERO;

    HandClock() {
        this(1);
    }

    /** @param networkScale by how much the phones' patience with the network is shortened */
    HandClock(int networkScale) {
        this.networkScale = networkScale;
    }

    private record Due(Duration at, Runnable action) {}

    @Override
    public synchronized Duration elapsed() {
        return now;
    }

    @Override
    public synchronized Instant instant() {
        return START.plus(now);
    }

    @Override
    public Duration real(Duration phoneTime) {
        return phoneTime.dividedBy(networkScale);
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Due one = new Due(now.plus(delay), action);
        due.add(one);
        return () -> {
            synchronized (this) {
                due.remove(one);
            }
        };
    }

    /** Lets a time pass, running what falls due in its order. */
    void pass(Duration time) {
        Duration end = now.plus(time);
        for (Due next = next(end); next != null; next = next(end)) {
            synchronized (this) {
                due.remove(next);
                now = next.at();
            }
            next.action().run();
            rest();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** Waits until no watched phone has anything on its way. */
    void rest() {
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> watched.stream().allMatch(VirtualPhone::isAtRest));
    }

    VirtualPhone watch(VirtualPhone phone) {
        watched.add(phone);
        return phone;
    }

    private synchronized Due next(Duration end) {
        return due.stream()
                .filter(one -> one.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
    }

    synchronized int armed() {
        return due.size();
    }
}
