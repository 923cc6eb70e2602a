package dev.provhub.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What tables there are, and their values as text that both databases read. */
final class Tables {
    private static final String HISTORY = "flyway_schema_history";
    /** What each database has by itself: its migrations, and a row that is only ever locked. */
    private static final Set<String> NO_DATA = Set.of(HISTORY, "device_claim_lock");

    private Tables() {}

    /** All that hold what the hub was told; a table after those that it refers to. */
    static List<String> inOrder(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Map<String, Set<String>> refersTo = new TreeMap<>();
        try (ResultSet rows = data.getTables(null, connection.getSchema(), "%", null)) {
            while (rows.next()) {
                boolean isTable = Set.of("TABLE", "BASE TABLE").contains(rows.getString("TABLE_TYPE"));
                if (isTable && !NO_DATA.contains(rows.getString("TABLE_NAME"))) {
                    refersTo.put(rows.getString("TABLE_NAME"), new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : refersTo.entrySet()) {
            try (ResultSet rows = data.getImportedKeys(null, connection.getSchema(), table.getKey())) {
                while (rows.next()) {
                    table.getValue().add(rows.getString("PKTABLE_NAME"));
                }
            }
            table.getValue().remove(table.getKey());
        }
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < refersTo.size()) {
            int before = ordered.size();
            refersTo.forEach((table, others) -> {
                if (!ordered.contains(table) && ordered.containsAll(others)) {
                    ordered.add(table);
                }
            });
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle: " + refersTo);
            }
        }
        return ordered;
    }

    /** The newest migration, e.g. {@code 22}. */
    static String version(Connection connection) throws SQLException {
        int newest = 0;
        try (PreparedStatement statement =
                        connection.prepareStatement("select \"version\" from " + HISTORY + " where \"success\"");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String version = rows.getString(1);
                newest = version == null ? newest : Math.max(newest, Integer.parseInt(version));
            }
        }
        return Integer.toString(newest);
    }

    /** Columns that count up by themselves. */
    static List<String> counters(Connection connection, String table) throws SQLException {
        List<String> counters = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
            while (rows.next()) {
                if (rows.getString("IS_AUTOINCREMENT").equals("YES")) {
                    counters.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return counters;
    }

    /** A value as JSON has it: null, number, truth value or text. */
    static @Nullable Object read(ResultSet row, int column, int type) throws SQLException {
        Object value =
                switch (type) {
                    case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> row.getLong(column);
                    case Types.BOOLEAN, Types.BIT -> row.getBoolean(column);
                    case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> row.getString(column);
                    case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                        text(row.getObject(column, OffsetDateTime.class));
                    case Types.DATE -> text(row.getObject(column, LocalDate.class));
                    case Types.DOUBLE, Types.REAL, Types.FLOAT, Types.NUMERIC, Types.DECIMAL ->
                        text(row.getBigDecimal(column));
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> base64(row.getBytes(column));
                    default -> throw unknown(row.getMetaData().getColumnName(column), type);
                };
        return row.wasNull() ? null : value;
    }

    /** The other way round. */
    static void write(PreparedStatement statement, int column, int type, @Nullable String value) throws SQLException {
        if (value == null) {
            statement.setObject(column, null);
            return;
        }
        switch (type) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT ->
                statement.setLong(column, Long.parseLong(value));
            case Types.BOOLEAN, Types.BIT -> statement.setBoolean(column, Boolean.parseBoolean(value));
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> statement.setString(column, value);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                statement.setObject(column, OffsetDateTime.parse(value));
            case Types.DATE -> statement.setObject(column, LocalDate.parse(value));
            case Types.DOUBLE, Types.REAL, Types.FLOAT, Types.NUMERIC, Types.DECIMAL ->
                statement.setBigDecimal(column, new BigDecimal(value));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                statement.setBytes(column, Base64.getDecoder().decode(value));
            default -> throw unknown(Integer.toString(column), type);
        }
    }

    private static IllegalStateException unknown(String column, int type) {
        return new IllegalStateException("a backup cannot hold column " + column + " of type " + type);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
