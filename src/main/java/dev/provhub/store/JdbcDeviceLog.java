package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreException;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.LogQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device log in the database, written in batches by a thread of its own: after {@value #BATCH} events or a second, whichever
 * comes first. While the database is away up to {@value #WAITING} events wait, half as many when they are events of which nothing is proven, so
 * that a flood of those takes nothing away; later ones are dropped and counted.
 */
public final class JdbcDeviceLog implements DeviceLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDeviceLog.class);
    private static final int BATCH = 500;
    private static final int WAITING = 20_000;
    private static final int TOLD_EVERY = 10_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How soon closing is noticed. */
    private static final Duration STEP = Duration.ofMillis(50);

    private final Jdbc jdbc;
    private final DeviceEventSql sql;
    private final BlockingQueue<DeviceEvent> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::writeUntilClosed, "device-log");
    private volatile boolean closed;

    /** Of an open database, which outlives this. */
    public JdbcDeviceLog(Database database) {
        this.jdbc = database.jdbc();
        this.sql = new DeviceEventSql(jdbc);
        this.writer.setDaemon(true);
    }

    /** Starts the thread that writes. */
    public JdbcDeviceLog start() {
        writer.start();
        return this;
    }

    @Override
    public void add(DeviceEvent event) {
        boolean taken =
                (event.asker().evidence() == DeviceEvent.Evidence.PROOF || queue.remainingCapacity() > WAITING / 2)
                        && queue.offer(event);
        if (!taken && dropped.getAndIncrement() % TOLD_EVERY == 0) {
            LOG.warn("Device log loses events, they come faster than they are written lost={}", dropped.get());
        }
    }

    /** How many events were dropped since the start, for metrics. */
    public long dropped() {
        return dropped.get();
    }

    /** How many events wait to be written, for metrics. */
    public int waiting() {
        return queue.size();
    }

    @Override
    public List<Numbered> page(LogQuery query) {
        return sql.page(query);
    }

    @Override
    public int forgetBefore(Instant time) {
        return jdbc.runLosable(() -> sql.deleteBefore(time));
    }

    @Override
    public int keepNewest(long most) {
        return jdbc.runLosable(() -> sql.deleteUpTo(most));
    }

    private void writeUntilClosed() {
        List<DeviceEvent> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty() || !batch.isEmpty()) {
            fill(batch);
            if (write(batch)) {
                batch.clear();
            } else if (closed) {
                LOG.warn("events lost at shutdown events={}", batch.size() + queue.size());
                return;
            }
        }
    }

    /** Waits a period, or until the batch is full; a batch that could not be written before waits the whole period. */
    private void fill(List<DeviceEvent> batch) {
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

    private void takeOne(List<DeviceEvent> batch) {
        try {
            DeviceEvent next = queue.poll(STEP.toNanos(), TimeUnit.NANOSECONDS);
            if (next != null) {
                batch.add(next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private boolean write(List<DeviceEvent> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        try {
            jdbc.runLosable(() -> {
                sql.insert(batch);
                sql.see(newestProven(batch));
                return batch;
            });
            return true;
        } catch (StoreException e) {
            LOG.warn("events could not be written, trying again events={} waiting={}", batch.size(), queue.size(), e);
            return false;
        }
    }

    private static List<DeviceEvent> newestProven(List<DeviceEvent> batch) {
        Map<MacAddress, DeviceEvent> newest = new HashMap<>();
        for (DeviceEvent event : batch) {
            MacAddress mac = event.asker().mac();
            boolean fromIt = event.kind() == DeviceEvent.Kind.CONTACT || event.kind() == DeviceEvent.Kind.REPORT;
            if (mac != null && fromIt && event.asker().evidence() == DeviceEvent.Evidence.PROOF) {
                newest.put(mac, event);
            }
        }
        return List.copyOf(newest.values());
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
