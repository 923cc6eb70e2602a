package dev.provhub.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lends connections in the order in which they were asked for. The pool alone gives a connection that comes back to the thread
 * that had it last, so that under load some wait until their time is over while others are served at once. Thread-safe.
 */
final class Connections {
    private final HikariDataSource pool;
    private final Semaphore places;
    private final Duration patience;

    /**
     * Lends those of a pool.
     *
     * @param most     that are lent at once; fewer than the pool has, because routes and checkpoints need some too
     * @param patience how long one waits
     */
    Connections(HikariDataSource pool, int most, Duration patience) {
        this.pool = pool;
        this.places = new Semaphore(most, true);
        this.patience = patience;
    }

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does some work with a connection.
     *
     * @throws SQLTransientConnectionException when none could be had in time
     */
    <T> T with(Work<T> work) throws SQLException {
        if (!acquire()) {
            throw new SQLTransientConnectionException("no connection became free within " + patience.toMillis()
                    + " ms, " + places.getQueueLength() + " wait");
        }
        try (Connection connection = pool.getConnection()) {
            return work.with(connection);
        } finally {
            places.release();
        }
    }

    private boolean acquire() throws SQLException {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
    }

    int waiting() {
        return places.getQueueLength();
    }

    boolean areClosed() {
        return pool.isClosed();
    }
}
