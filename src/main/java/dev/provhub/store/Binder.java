package dev.provhub.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement. */
@FunctionalInterface
interface Binder {
    Binder NONE = statement -> {};

    void bind(PreparedStatement statement) throws SQLException;

    /** In the order of the question marks. {@link Instant} becomes a timestamp with time zone, a collection an array of text. */
    static Binder of(@Nullable Object... values) {
        return statement -> {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, sqlValue(statement, values[index]));
            }
        };
    }

    private static @Nullable Object sqlValue(PreparedStatement statement, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (value instanceof java.util.Collection<?> texts) {
            return statement.getConnection().createArrayOf("varchar", texts.toArray());
        }
        return value;
    }
}
