package dev.provhub.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that every store test runs on. */
public enum Engine {
    H2 {
        @Override
        public String freshUrl(Path folder) {
            return "jdbc:h2:file:" + folder.resolve("hub");
        }
    },
    POSTGRES {
        @Override
        public String freshUrl(Path folder) {
            String name = "test" + DATABASES.incrementAndGet();
            try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Server.RUNNING.getJdbcUrl("postgres", name);
        }
    };

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** URL of a database without tables. */
    public abstract String freshUrl(Path folder);

    /** A database of its own for one test. */
    public Database open(Path folder) {
        return open(freshUrl(folder));
    }

    /** A database that is already there. */
    public static Database open(String url) {
        return Database.open(url, "", "");
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
