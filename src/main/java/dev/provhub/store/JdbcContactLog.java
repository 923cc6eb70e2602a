package dev.provhub.store;

import dev.provhub.device.Contact;
import dev.provhub.device.ContactLog;
import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contacts in the database, written in batches by a thread of its own: after {@value #BATCH} contacts or a second, whichever
 * comes first. While the database is away up to {@value #WAITING} contacts wait, later ones are dropped and counted.
 */
public final class JdbcContactLog implements ContactLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcContactLog.class);
    private static final int BATCH = 500;
    private static final int WAITING = 20_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How soon closing is noticed. */
    private static final Duration STEP = Duration.ofMillis(50);

    private final Jdbc jdbc;
    private final ContactSql sql;
    private final BlockingQueue<Contact> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::writeUntilClosed, "contact-log");
    private volatile boolean closed;

    /** Of an open database, which outlives this. */
    public JdbcContactLog(Database database) {
        this.jdbc = database.jdbc();
        this.sql = new ContactSql(jdbc);
        this.writer.setDaemon(true);
    }

    /** Starts the thread that writes. */
    public JdbcContactLog start() {
        writer.start();
        return this;
    }

    @Override
    public void add(Contact contact) {
        if (!queue.offer(contact)) {
            dropped.incrementAndGet();
        }
    }

    /** How many contacts were dropped since the start, for metrics. */
    public long dropped() {
        return dropped.get();
    }

    /** How many contacts wait to be written, for metrics. */
    public int waiting() {
        return queue.size();
    }

    @Override
    public List<Contact> latest(MacAddress mac, int limit) {
        return sql.selectLatest(mac, limit);
    }

    @Override
    public int forgetBefore(Instant time) {
        return jdbc.runLosable(() -> sql.deleteBefore(time));
    }

    private void writeUntilClosed() {
        List<Contact> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty() || !batch.isEmpty()) {
            fill(batch);
            if (write(batch)) {
                batch.clear();
            } else if (closed) {
                LOG.warn("contacts lost at shutdown contacts={}", batch.size() + queue.size());
                return;
            }
        }
    }

    /** Waits a period, or until the batch is full; a batch that could not be written before waits the whole period. */
    private void fill(List<Contact> batch) {
        boolean again = !batch.isEmpty();
        long end = System.nanoTime() + PERIOD.toNanos();
        while (!closed && (again || batch.size() < BATCH) && System.nanoTime() < end) {
            if (again) {
                LockSupport.parkNanos(STEP.toNanos());
            } else {
                takeOne(batch);
            }
        }
        queue.drainTo(batch, BATCH - batch.size());
    }

    private void takeOne(List<Contact> batch) {
        try {
            Contact next = queue.poll(STEP.toNanos(), TimeUnit.NANOSECONDS);
            if (next != null) {
                batch.add(next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private boolean write(List<Contact> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        try {
            jdbc.runLosable(() -> {
                sql.insert(batch);
                return batch;
            });
            return true;
        } catch (StoreException e) {
            LOG.warn(
                    "contacts could not be written, trying again contacts={} waiting={}",
                    batch.size(),
                    queue.size(),
                    e);
            return false;
        }
    }

    /** Writes what waits, then stops. The thread is not interrupted: that would close an embedded database's file under it. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
