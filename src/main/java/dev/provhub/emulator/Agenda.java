package dev.provhub.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a phone has to do, one after the other: while something runs, what comes waits, and what would disturb a call waits for
 * its end. Used by the phone's own jobs only.
 */
final class Agenda {
    private final PhoneLines lines;
    private final Deque<Entry> waiting = new ArrayDeque<>(2);
    private boolean working;

    Agenda(PhoneLines lines) {
        this.lines = lines;
    }

    /** Something that ends some time after it has begun. */
    @FunctionalInterface
    interface Task {
        /** @param done to be run once, at its end */
        void run(Runnable done);
    }

    private record Entry(String what, boolean whenIdle, Task task) {}

    /** Runs it as soon as nothing else runs. */
    void add(String what, Task task) {
        put(new Entry(what, false, task));
    }

    /**
     * Runs it as soon as nothing else runs and no line is in a call.
     *
     * @return false when a call puts it off
     */
    boolean addWhenIdle(String what, Task task) {
        put(new Entry(what, true, task));
        return !lines.inCall();
    }

    /** One of a kind is enough. */
    private void put(Entry entry) {
        waiting.removeIf(other -> other.what().equals(entry.what()));
        waiting.addLast(entry);
        next();
    }

    /** What waits for the end of a call waits no longer. */
    void force(String what) {
        for (Entry entry : new ArrayDeque<>(waiting)) {
            if (entry.what().equals(what)) {
                put(new Entry(what, false, entry.task()));
            }
        }
    }

    /** Whether such a thing waits. */
    boolean holds(String what) {
        return waiting.stream().anyMatch(entry -> entry.what().equals(what));
    }

    /** A call has ended. */
    void idle() {
        next();
    }

    /** Nothing of what waits is done any more; what runs goes on. */
    void clear() {
        waiting.clear();
    }

    private void next() {
        while (!working) {
            Entry entry = takeNext();
            if (entry == null) {
                return;
            }
            working = true;
            entry.task().run(this::done);
        }
    }

    private void done() {
        working = false;
        next();
    }

    private @Nullable Entry takeNext() {
        for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (!entry.whenIdle() || !lines.inCall()) {
                entries.remove();
                return entry;
            }
        }
        return null;
    }
}
