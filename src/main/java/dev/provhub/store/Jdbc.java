package dev.provhub.store;

import dev.provhub.device.StoreBusyException;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements and transactions. A transaction belongs to its thread: statements inside it go through its connection, a unit
 * inside a unit is part of it. A statement outside runs alone. Isolation is read committed, so one statement sees one state.
 */
final class Jdbc implements UnitOfWork {
    private static final Logger LOG = LoggerFactory.getLogger(Jdbc.class);
    private static final int ATTEMPTS = 4;
    /** Each waits as long as the database waits for a lock; somebody may wait for the answer. */
    private static final int ATTEMPTS_AT_A_LOCK = 2;

    private static final long STEP_NANOS = 5_000_000;
    /** Serialization failure, deadlock and a lock that was not had in time, as both databases call them. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "HYT00", "55P03");
    /** A lock that was not had in time. */
    private static final Set<String> LOCKED = Set.of("HYT00", "55P03");
    /** H2's and PostgreSQL's words for shutting down, H2's for a broken or closed file. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "90098", "90028", "90031", "90121");

    private final Connections connections;
    private final @Nullable Checkpoints checkpoints;
    /** Of the instance, because each database has its own transactions; there is one for the life of a hub. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    /** @param checkpoints what brings commits to disk; null where the database does it by itself, see {@link #flush} */
    Jdbc(Connections connections, @Nullable Checkpoints checkpoints) {
        this.connections = connections;
        this.checkpoints = checkpoints;
    }

    /** How many threads wait for a connection. */
    int waiting() {
        return connections.waiting();
    }

    private final Set<Transaction> running = ConcurrentHashMap.newKeySet();

    /** Waits until every transaction that runs now has ended; not to be called inside one. */
    void awaitRunning() {
        Set<Transaction> before = Set.copyOf(running);
        while (before.stream().anyMatch(running::contains)) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private static final class Transaction {
        final Connection connection;
        boolean wrote;

        Transaction(Connection connection) {
            this.connection = connection;
        }
    }

    @Override
    public <T> T run(Supplier<T> work) {
        if (current.get() != null) {
            return work.get();
        }
        int locked = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(work, false);
            } catch (StoreException e) {
                locked += e instanceof StoreBusyException ? 1 : 0;
                if (attempt == ATTEMPTS
                        || locked == ATTEMPTS_AT_A_LOCK
                        || !(e.getCause() instanceof SQLException sql)
                        || !tryAgain(sql)) {
                    throw e;
                }
                LOG.debug("transaction taken back by the database, trying again attempt={}", attempt, e);
            }
        }
    }

    /** As {@link #run}, but what was written may be lost when the machine or the process dies within the next second. */
    <T> T runLosable(Supplier<T> work) {
        return runOnce(work, true);
    }

    private <T> T runOnce(Supplier<T> work, boolean mayBeLost) {
        try {
            Committed<T> committed = connections.with(connection -> runOn(connection, work));
            if (committed.wrote() && !mayBeLost) {
                flush();
            }
            return committed.result();
        } catch (SQLException e) {
            throw failure("transaction", e);
        }
    }

    private record Committed<T>(T result, boolean wrote) {}

    private <T> Committed<T> runOn(Connection connection, Supplier<T> work) throws SQLException {
        Transaction transaction = new Transaction(connection);
        connection.setAutoCommit(false);
        running.add(transaction);
        current.set(transaction);
        boolean done = false;
        try {
            T result = work.get();
            connection.commit();
            done = true;
            return new Committed<>(result, transaction.wrote);
        } finally {
            current.remove();
            try {
                if (!done) {
                    connection.rollback();
                }
            } finally {
                running.remove(transaction);
            }
        }
    }

    /**
     * H2 writes committed changes out every half second, so the death of the process would lose what was already promised.
     * PostgreSQL has them on disk when the commit returns.
     */
    private void flush() throws SQLException {
        if (checkpoints != null) {
            checkpoints.checkpoint();
        }
    }

    <T> List<T> query(String sql, Binder binder, RowReader<T> reader) {
        return withConnection(sql, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                binder.bind(statement);
                List<T> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(reader.read(result));
                    }
                }
                return rows;
            }
        });
    }

    /** Changes rows. Only inside a unit of work, because that is what brings them to disk. */
    int update(String sql, Binder binder) {
        return inTransaction(sql, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                binder.bind(statement);
                return statement.executeUpdate();
            }
        });
    }

    /** The same statement for many; as {@link #update}. */
    void batch(String sql, List<Binder> binders) {
        if (binders.isEmpty()) {
            return;
        }
        inTransaction(sql, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Binder binder : binders) {
                    binder.bind(statement);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    private <T> T inTransaction(String sql, Connections.Work<T> work) {
        Transaction transaction = current.get();
        if (transaction == null) {
            throw new IllegalStateException("a change needs a unit of work around it: " + sql);
        }
        transaction.wrote = true;
        return withConnection(sql, work);
    }

    private <T> T withConnection(String sql, Connections.Work<T> work) {
        Transaction transaction = current.get();
        try {
            return transaction != null ? work.with(transaction.connection) : connections.with(work);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    private static boolean tryAgain(SQLException e) {
        return TRY_AGAIN.contains(String.valueOf(e.getSQLState()));
    }

    private StoreException failure(String what, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean away = connections.areClosed()
                || e instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || AWAY.contains(state);
        if (LOCKED.contains(state)) {
            return new StoreBusyException("somebody else holds what is wanted (" + state + ") at: " + what, e);
        }
        return away
                ? new StoreUnavailableException("the database cannot be reached (" + state + ")", e)
                : new StoreException("the database failed (" + state + ") at: " + what, e);
    }
}
