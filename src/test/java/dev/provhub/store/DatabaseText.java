package dev.provhub.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Everything that stands in a database, as one text: to look for what must not be there. */
public final class DatabaseText {
    private DatabaseText() {}

    /** All columns of all rows. */
    public static String of(Database database) {
        StringBuilder text = new StringBuilder();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                append(text, statement, table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, "public", "%", null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_TYPE").contains("TABLE")) {
                    tables.add(rows.getString("TABLE_NAME"));
                }
            }
        }
        tables.remove("flyway_schema_history");
        // One row, which is only ever locked
        tables.remove("device_claim_lock");
        return tables;
    }

    private static void append(StringBuilder text, Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
            while (rows.next()) {
                text.append(table);
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    text.append('|').append(rows.getString(column));
                }
                text.append('\n');
            }
        }
    }
}
