package dev.provhub.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
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
    private static final long STEP_NANOS = 5_000_000;
    /** Serialization failure and deadlock, as both databases call them. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");
    /** H2's and PostgreSQL's words for shutting down, H2's for a broken or closed file. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "90098", "90028", "90031", "90121");

    private final HikariDataSource pool;
    private final boolean embedded;
    /** Of the instance, because each database has its own transactions; there is one for the life of a hub. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    /** @param embedded whether a commit must be followed by writing the file out, see {@link #flush} */
    Jdbc(HikariDataSource pool, boolean embedded) {
        this.pool = pool;
        this.embedded = embedded;
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
        boolean mayBeLost;

        Transaction(Connection connection) {
            this.connection = connection;
        }
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    @Override
    public <T> T run(Supplier<T> work) {
        if (current.get() != null) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(work, false);
            } catch (StoreException e) {
                if (attempt == ATTEMPTS || !(e.getCause() instanceof SQLException sql) || !tryAgain(sql)) {
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
        try (Connection connection = pool.getConnection()) {
            Transaction transaction = new Transaction(connection);
            transaction.mayBeLost = mayBeLost;
            connection.setAutoCommit(false);
            running.add(transaction);
            current.set(transaction);
            boolean done = false;
            try {
                T result = work.get();
                connection.commit();
                done = true;
                flush(transaction);
                return result;
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
        } catch (SQLException e) {
            throw failure("transaction", e);
        }
    }

    /**
     * H2 writes committed changes out every half second, so the death of the process would lose what was already promised.
     * PostgreSQL has them on disk when the commit returns.
     */
    private void flush(Transaction transaction) throws SQLException {
        if (embedded && transaction.wrote && !transaction.mayBeLost) {
            try (Statement statement = transaction.connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
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

    private <T> T inTransaction(String sql, Work<T> work) {
        Transaction transaction = current.get();
        if (transaction == null) {
            throw new IllegalStateException("a change needs a unit of work around it: " + sql);
        }
        transaction.wrote = true;
        return withConnection(sql, work);
    }

    private <T> T withConnection(String sql, Work<T> work) {
        Transaction transaction = current.get();
        try {
            if (transaction != null) {
                return work.with(transaction.connection);
            }
            try (Connection connection = pool.getConnection()) {
                return work.with(connection);
            }
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    private static boolean tryAgain(SQLException e) {
        return TRY_AGAIN.contains(String.valueOf(e.getSQLState()));
    }

    private StoreException failure(String what, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean away = pool.isClosed()
                || e instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || AWAY.contains(state);
        return away
                ? new StoreUnavailableException("the database cannot be reached (" + state + ")", e)
                : new StoreException("the database failed (" + state + ") at: " + what, e);
    }
}
