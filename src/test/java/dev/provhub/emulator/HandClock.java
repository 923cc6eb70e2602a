package dev.provhub.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when the test says so; what is due runs on the test's thread. */
final class HandClock implements PhoneClock {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Due> due = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Due(Duration at, Runnable action) {}

    @Override
    public Duration elapsed() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plus(now);
    }

    @Override
    public Duration real(Duration phoneTime) {
        return phoneTime;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Due one = new Due(now.plus(delay), action);
        due.add(one);
        return () -> due.remove(one);
    }

    /** Lets a time pass, running what falls due in its order. */
    void pass(Duration time) {
        Duration end = now.plus(time);
        for (Due next = next(end); next != null; next = next(end)) {
            due.remove(next);
            now = next.at();
            next.action().run();
        }
        now = end;
    }

    private Due next(Duration end) {
        return due.stream()
                .filter(one -> one.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Due::at))
                .orElse(null);
    }

    int armed() {
        return due.size();
    }
}
