package dev.provhub;

import dev.provhub.device.AuditLog;
import dev.provhub.device.StoreException;
import dev.provhub.secrets.KeyRotation;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.MasterKeySource;
import dev.provhub.secrets.SecretBox;
import dev.provhub.store.Resealing;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the master key of a running hub.
 *
 * <pre>
 * master.key: old  →  new, old  →  (all is sealed anew)  →  new       retired-keys/: old
 *                 on disk before anything is sealed under it
 * </pre>
 *
 * Wherever it is cut off, the file holds every key that a value may be sealed under, and the next start goes on.
 */
final class HubKeyRotation implements KeyRotation, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubKeyRotation.class);
    private static final String BY = "hub";
    private static final long SECONDS_AFTER_FAILURE = 5;

    private final SecretBox box;
    private final MasterKeySource source;
    private final Resealing resealing;
    private final AuditLog audit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread own = new Thread(work, "key-rotation");
        own.setDaemon(true);
        return own;
    });
    private boolean running;
    private volatile boolean closed;
    private volatile long resealed;
    private volatile @Nullable String trouble;

    HubKeyRotation(SecretBox box, MasterKeySource source, Resealing resealing, AuditLog audit) {
        this.box = box;
        this.source = source;
        this.resealing = resealing;
        this.audit = audit;
    }

    /** Goes on with what an earlier run of the hub has begun. */
    void resume() {
        if (source instanceof MasterKeySource.InFile && !box.earlier().isEmpty()) {
            LOG.info("A change of the master key goes on key={}", box.current().id());
            begin(BY);
        }
    }

    @Override
    public synchronized Status status() {
        return new Status(
                box.current().id(),
                box.earlier().stream().map(MasterKey::id).toList(),
                running,
                resealed,
                box.earlier().isEmpty() ? 0 : resealing.count(SecretBox.beginning(box.current())),
                trouble);
    }

    @Override
    public synchronized Status begin(String by) {
        if (!running) {
            if (box.earlier().isEmpty()) {
                newKey(by);
            }
            running = true;
            resealed = 0;
            trouble = null;
            thread.execute(this::work);
        }
        return status();
    }

    private void newKey(String by) {
        if (!(source instanceof MasterKeySource.InFile file)) {
            throw new IllegalStateException(
                    "the master key does not come from a file: give the hub the new key, after it the"
                            + " old one, restart it, and rotate then");
        }
        MasterKey next = MasterKey.fresh(new SecureRandom());
        List<MasterKey> both = new ArrayList<>(List.of(next, box.current()));
        file.write(both);
        box.change(next);
        audit.add(by, "master key made key=" + next.id());
    }

    private void work() {
        while (!closed) {
            try {
                if (reseal()) {
                    retire();
                }
                synchronized (this) {
                    running = false;
                }
                return;
            } catch (StoreException e) {
                trouble = "the database does not answer";
                LOG.warn("Secrets cannot be sealed anew for now, trying again", e);
                pause();
            } catch (RuntimeException e) {
                trouble = "it failed; the reason is in the hub's log";
                LOG.error("The change of the master key has failed; the next start goes on", e);
                synchronized (this) {
                    running = false;
                }
                return;
            }
        }
    }

    /** True when nothing is sealed under an earlier key any more. */
    private boolean reseal() {
        String beginning = SecretBox.beginning(box.current());
        resealing.awaitEarlierWriters();
        long before = resealed;
        while (!closed) {
            long base = before;
            Resealing.Pass pass = resealing.pass(beginning, count -> resealed = base + count);
            before += pass.resealed();
            if (pass.unreadable() > 0) {
                trouble = pass.unreadable() + " values do not open, see the hub's log; the earlier keys stay";
                return false;
            }
            if (pass.resealed() == 0) {
                trouble = null;
                return true;
            }
        }
        return false;
    }

    private synchronized void retire() {
        List<MasterKey> retired = box.earlier();
        for (MasterKey key : retired) {
            if (source instanceof MasterKeySource.InFile file) {
                file.putAside(key);
            }
            audit.add(
                    BY,
                    "master key retired key=" + key.id() + " by="
                            + box.current().id());
        }
        if (source instanceof MasterKeySource.InFile file) {
            file.write(List.of(box.current()));
        }
        box.forgetEarlier();
        LOG.info(
                "Every secret is sealed under the new master key key={}",
                box.current().id());
    }

    private void pause() {
        for (int i = 0; i < SECONDS_AFTER_FAILURE * 10 && !closed; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Lets the batch in hand finish; the next start goes on. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_AFTER_FAILURE, TimeUnit.SECONDS)) {
                LOG.warn("The change of the master key is cut off; the next start goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
