package dev.provhub.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Brings what was committed to an embedded database to disk. Who commits while another one's checkpoint is under way shares the
 * next one with all who wait for it: a checkpoint takes the disk's time, whatever it carries. Nobody holds a connection while
 * waiting. Thread-safe.
 */
final class Checkpoints {
    private final DataSource pool;
    private long asked;
    private long onDisk;
    private boolean running;

    /** @param pool lends one connection at a time */
    Checkpoints(DataSource pool) {
        this.pool = pool;
    }

    /** Returns when all that was committed before the call is on disk. */
    void checkpoint() throws SQLException {
        long upTo = turn();
        if (upTo == 0) {
            return;
        }
        boolean done = false;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
            done = true;
        } finally {
            ended(done ? upTo : 0);
        }
    }

    /** Waits until it is served by another one (0), or has to do it, for all who have asked up to a number. */
    private synchronized long turn() throws SQLException {
        long mine = ++asked;
        try {
            while (onDisk < mine) {
                if (!running) {
                    running = true;
                    return asked;
                }
                wait();
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the disk", e);
        }
    }

    private synchronized void ended(long upTo) {
        running = false;
        onDisk = Math.max(onDisk, upTo);
        notifyAll();
    }
}
