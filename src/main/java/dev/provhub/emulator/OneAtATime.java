package dev.provhub.emulator;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a phone's jobs in order and never two at once, on the threads that bring them: who brings one while another runs
 * only leaves it there.
 */
final class OneAtATime {
    private static final Logger LOG = LoggerFactory.getLogger(OneAtATime.class);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    void run(Runnable job) {
        synchronized (waiting) {
            waiting.add(job);
            if (running) {
                return;
            }
            running = true;
        }
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException e) {
                // One broken job, or listener, must not stop the phone
                LOG.error("Virtual phone job failed", e);
            }
        }
    }

    /** Whether nothing runs or waits. */
    boolean isEmpty() {
        synchronized (waiting) {
            return !running && waiting.isEmpty();
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable next = waiting.poll();
            running = next != null;
            return next;
        }
    }
}
