package dev.provhub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after files that people edit in a running hub. It looks instead of waiting for the system's word, because that is not
 * sent over network file systems; two looks must agree before a file counts as written.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    /** A save must take effect within two seconds. */
    private static final long LOOK_MILLIS = 300;
    /** For so long a file that has changed must stay as it is. */
    private static final long SETTLE_MILLIS = 150;

    private final List<Watched> all = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread own = new Thread(work, "file-watch");
        own.setDaemon(true);
        return own;
    });

    private static final class Watched {
        private final Supplier<String> stamp;
        private final Runnable changed;
        private String seen;
        private String done;
        private String failure = "";

        Watched(Supplier<String> stamp, Runnable changed) {
            this.stamp = stamp;
            this.changed = changed;
            this.seen = stamp.get();
            this.done = seen;
        }

        /** Whether there is something that must settle. */
        boolean look() {
            String now = stamp.get();
            boolean stable = now.equals(seen);
            seen = now;
            if (stable && !now.equals(done)) {
                changed.run();
                done = now;
            }
            failure = "";
            return !stable;
        }

        /** Tells a failure once, however often it comes again. */
        void failed(RuntimeException cause) {
            if (!cause.toString().equals(failure)) {
                failure = cause.toString();
                LOG.error("edited files cannot be looked after, trying again", cause);
            }
        }
    }

    /**
     * Has something done whenever files have changed since now. To be called before {@link #start}.
     *
     * @param stamp   changes with the files
     * @param changed deals with what people get wrong itself; when it throws, it is tried again
     */
    void add(Supplier<String> stamp, Runnable changed) {
        all.add(new Watched(stamp, changed));
    }

    void start() {
        lookAfter(LOOK_MILLIS);
    }

    private void lookAfter(long millis) {
        try {
            thread.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Not looking any more", e);
        }
    }

    private void look() {
        boolean isSettling = false;
        for (Watched watched : all) {
            try {
                isSettling |= watched.look();
            } catch (RuntimeException e) {
                watched.failed(e);
            }
        }
        lookAfter(isSettling ? SETTLE_MILLIS : LOOK_MILLIS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
