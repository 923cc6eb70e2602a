package dev.provhub.notify;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that goes by when a test says so. */
final class ManualTimers implements Timers {
    private record Entry(Duration at, long number, Runnable what) {}

    private final PriorityQueue<Entry> waiting =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private Duration now = Duration.ofDays(1);
    private long number;

    @Override
    public void after(Duration wait, Runnable what) {
        waiting.add(new Entry(now.plus(wait), number++, what));
    }

    @Override
    public Duration now() {
        return now;
    }

    void pass(Duration time) {
        Duration end = now.plus(time);
        while (!waiting.isEmpty() && waiting.peek().at().compareTo(end) <= 0) {
            Entry next = waiting.poll();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
