package dev.provhub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The hub's database: a pool of connections, with the tables brought up to date. H2 ({@code jdbc:h2:file:…}) or PostgreSQL
 * ({@code jdbc:postgresql:…}). Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 16;
    /** Connections that are left to routes that speak SQL, and to checkpoints. */
    private static final int FOR_OTHERS = 3;

    /** How long a statement waits for what another transaction holds. */
    private static final int LOCK_TIMEOUT_MILLIS = 10_000;

    /**
     * What the hub's SQL needs of H2: PostgreSQL's words and lower-case names; nothing closes the file before the hub does;
     * a change of a row waits for another one as on PostgreSQL.
     */
    private static final Map<String, String> H2_SETTINGS = Map.of(
            "MODE", "PostgreSQL",
            "DATABASE_TO_LOWER", "TRUE",
            "DEFAULT_NULL_ORDERING", "HIGH",
            "DB_CLOSE_ON_EXIT", "FALSE",
            // Else a connection may answer a query from before a change that it has waited for
            "OPTIMIZE_REUSE_RESULTS", "0",
            // Each connection keeps so many statements parsed; the default of 8 is fewer than one order needs
            "QUERY_CACHE_SIZE", "256",
            "LOCK_TIMEOUT", Integer.toString(LOCK_TIMEOUT_MILLIS));

    private static final String NEWEST = "latest";

    private final HikariDataSource pool;
    private final boolean embedded;
    private final Jdbc jdbc;

    private Database(HikariDataSource pool, boolean embedded) {
        this.pool = pool;
        this.embedded = embedded;
        this.jdbc = new Jdbc(
                new Connections(pool, CONNECTIONS - FOR_OTHERS, CONNECT_TIMEOUT),
                embedded ? new Checkpoints(pool) : null);
    }

    /**
     * Connects and runs the migrations that are missing.
     *
     * @param jdbcUrl  of H2 or PostgreSQL; settings that the hub needs of H2 are added where the URL does not say otherwise
     * @param user     name; empty for what the URL says
     * @param password empty for none
     * @throws StoreUnavailableException with one line, when it cannot be reached, entered or brought up to date
     */
    public static Database open(String jdbcUrl, String user, String password) {
        return openAt(jdbcUrl, user, password, NEWEST);
    }

    /**
     * Connects and runs the migrations that are missing up to one, for rows that were written out at that one.
     *
     * @param version of the last migration to run, e.g. {@code 22}
     * @throws StoreUnavailableException as {@link #open} does, and when there is no such migration
     */
    public static Database openAt(String jdbcUrl, String user, String password, String version) {
        boolean embedded = jdbcUrl.startsWith("jdbc:h2:");
        if (!embedded && !jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new StoreUnavailableException(
                    "database " + shown(jdbcUrl) + " is of no kind the hub knows: jdbc:h2:… or jdbc:postgresql:…",
                    null);
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(embedded ? withH2Settings(jdbcUrl) : jdbcUrl);
        if (!user.isEmpty()) {
            config.setUsername(user);
        }
        config.setPassword(password);
        if (!embedded && !jdbcUrl.contains("options=")) {
            config.addDataSourceProperty("options", "-c lock_timeout=" + LOCK_TIMEOUT_MILLIS);
        }
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        // One attempt: who starts the hub wants to know at once
        config.setInitializationFailTimeout(1);
        return open(config, jdbcUrl, embedded, version);
    }

    private static Database open(HikariConfig config, String jdbcUrl, boolean embedded, String version) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .target(version)
                    .load()
                    .migrate();
            return new Database(pool, embedded);
        } catch (HikariPool.PoolInitializationException | FlywayException | IllegalArgumentException e) {
            if (pool != null) {
                pool.close();
            }
            String what = e instanceof FlywayException ? " cannot be brought up to date: " : " cannot be opened: ";
            throw new StoreUnavailableException("database " + shown(jdbcUrl) + what + oneLine(e), e);
        }
    }

    /** Runs work in one transaction of this database. */
    public UnitOfWork unitOfWork() {
        return jdbc;
    }

    /** The pool, for others that speak SQL, e.g. routes. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * How the pool of connections is used.
     *
     * @param waiting threads that wait for a connection
     */
    public record PoolState(int active, int idle, int most, int waiting) {}

    /** How the pool is used now. */
    public PoolState pool() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new PoolState(now.getActiveConnections(), now.getIdleConnections(), CONNECTIONS, jdbc.waiting());
    }

    /**
     * Whether a connection can be had and answers; for health.
     *
     * @throws StoreException never
     */
    public boolean isReachable() {
        try {
            return jdbc.query("select 1", Binder.NONE, row -> row.getInt(1)).equals(java.util.List.of(1));
        } catch (StoreException e) {
            return false;
        }
    }

    /** Closes all connections, and with the last one the file of an embedded database. */
    @Override
    public void close() {
        pool.close();
    }

    boolean isEmbedded() {
        return embedded;
    }

    Jdbc jdbc() {
        return jdbc;
    }

    static String withH2Settings(String jdbcUrl) {
        StringBuilder url = new StringBuilder(jdbcUrl);
        String upper = jdbcUrl.toUpperCase(Locale.ROOT);
        H2_SETTINGS.forEach((name, value) -> {
            if (!upper.contains(";" + name + "=")) {
                url.append(';').append(name).append('=').append(value);
            }
        });
        return url.toString();
    }

    /** Without parameters: a password may be among them. */
    private static String shown(String jdbcUrl) {
        return jdbcUrl.replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
    }

    private static String oneLine(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
