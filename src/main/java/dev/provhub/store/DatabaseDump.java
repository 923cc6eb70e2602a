package dev.provhub.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a database as text that H2 and PostgreSQL read alike: one part for each table, its first line a JSON array of
 * the columns, then one array for each row. Sealed columns stay sealed.
 */
public final class DatabaseDump {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<@Nullable String>> ROW = new TypeReference<>() {};
    private static final int BATCH = 500;

    private DatabaseDump() {}

    /** Takes one part after the other. */
    @FunctionalInterface
    public interface Parts {
        /** Where the next part is to be written; it is not closed. */
        OutputStream next(String name) throws IOException;
    }

    /**
     * Writes everything as it stands at one moment, while others go on changing it.
     *
     * @return the newest migration of the tables, which they need again to be filled
     */
    public static String write(Database database, Parts parts) throws IOException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                String version = Tables.version(connection);
                int number = 0;
                for (String table : Tables.inOrder(connection)) {
                    write(connection, table, parts.next("%03d-%s.jsonl".formatted(number++, table)));
                }
                return version;
            } finally {
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException("the database cannot be written out (" + e.getSQLState() + ")", e);
        }
    }

    private static void write(Connection connection, String table, OutputStream out) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                ResultSetMetaData data = rows.getMetaData();
                List<@Nullable Object> names = new ArrayList<>();
                for (int column = 1; column <= data.getColumnCount(); column++) {
                    names.add(data.getColumnName(column));
                }
                line(out, names);
                while (rows.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int column = 1; column <= data.getColumnCount(); column++) {
                        values.add(Tables.read(rows, column, data.getColumnType(column)));
                    }
                    line(out, values);
                }
            }
        }
    }

    private static void line(OutputStream out, List<@Nullable Object> values) throws IOException {
        out.write((JSON.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether no table holds a row. */
    public static boolean isEmpty(Database database) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : Tables.inOrder(connection)) {
                try (ResultSet rows = statement.executeQuery("select 1 from " + table + " limit 1")) {
                    if (rows.next()) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            throw new StoreException("the database cannot be looked at (" + e.getSQLState() + ")", e);
        }
    }

    /**
     * Fills empty tables: all of it, or nothing.
     *
     * @param parts in the order in which they were written
     */
    public static void read(Database database, List<Path> parts) throws IOException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<String> restarts = new ArrayList<>();
            try {
                for (Path part : parts) {
                    String table = part.getFileName()
                            .toString()
                            .replaceFirst("^[0-9]+-", "")
                            .replaceFirst("[.]jsonl$", "");
                    if (!Tables.inOrder(connection).contains(table)) {
                        throw new StoreException("the backup has a table '" + table + "' that is not known", null);
                    }
                    fill(connection, table, part);
                    restarts.addAll(restarts(connection, table));
                }
                connection.commit();
                try (Statement statement = connection.createStatement()) {
                    for (String restart : restarts) {
                        statement.execute(restart);
                    }
                    connection.commit();
                    if (database.isEmbedded()) {
                        statement.execute("checkpoint sync");
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException("the database cannot be filled (" + e.getSQLState() + ")", e);
        }
    }

    private static void fill(Connection connection, String table, Path part) throws IOException, SQLException {
        try (BufferedReader reader = Files.newBufferedReader(part)) {
            List<String> names = new ArrayList<>();
            for (String name : JSON.readValue(reader.readLine(), ROW)) {
                names.add(String.valueOf(name));
            }
            List<Integer> types = types(connection, table, names);
            String holes = String.join(", ", Collections.nCopies(names.size(), "?"));
            String columns = names.stream().collect(Collectors.joining(", "));
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + table + " (" + columns + ") values (" + holes + ")")) {
                int waiting = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    List<@Nullable String> values = JSON.readValue(line, ROW);
                    for (int i = 0; i < names.size(); i++) {
                        Tables.write(insert, i + 1, types.get(i), values.get(i));
                    }
                    insert.addBatch();
                    if (++waiting == BATCH) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                }
                insert.executeBatch();
            }
        }
    }

    /** Of the columns here, which also shows that no name is anything else than a column's. */
    private static List<Integer> types(Connection connection, String table, List<String> names) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " limit 0")) {
            ResultSetMetaData data = none.getMetaData();
            List<Integer> types = new ArrayList<>(Collections.nCopies(names.size(), 0));
            int found = 0;
            for (int column = 1; column <= data.getColumnCount(); column++) {
                int index = names.indexOf(data.getColumnName(column));
                if (index >= 0) {
                    types.set(index, data.getColumnType(column));
                    found++;
                }
            }
            if (found != names.size()) {
                throw new StoreException("the backup has columns of table '" + table + "' that are not known", null);
            }
            return types;
        }
    }

    private static List<String> restarts(Connection connection, String table) throws SQLException {
        List<String> restarts = new ArrayList<>();
        for (String counter : Tables.counters(connection, table)) {
            try (Statement statement = connection.createStatement();
                    ResultSet highest = statement.executeQuery("select max(" + counter + ") from " + table)) {
                highest.next();
                restarts.add("alter table " + table + " alter column " + counter + " restart with "
                        + (highest.getLong(1) + 1));
            }
        }
        return restarts;
    }
}
