package dev.provhub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals every secret of a database anew, in small batches beside everything else that goes on. A value that somebody else
 * changes meanwhile is left to them, because they seal it under the new key already. It may be stopped at any moment, and
 * started again.
 */
public final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final int BATCH = 200;

    private final Jdbc jdbc;
    private final SecretColumn secrets;

    /**
     * Of an open database, which outlives this.
     *
     * @param secrets opens what is there and seals as all is to be sealed
     */
    public Resealing(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
    }

    /**
     * What a pass has found.
     *
     * @param resealed   values that were sealed otherwise; all of them are as wanted now
     * @param unreadable values that could not be opened, and stay as they are
     */
    public record Pass(long resealed, long unreadable) {}

    private record Value(List<Object> key, String identity, String sealed) {}

    /** Waits until nothing is written any more that was sealed before this call. */
    public void awaitEarlierWriters() {
        jdbc.awaitRunning();
    }

    /** How many values there are that do not begin so. */
    public long count(String beginning) {
        long count = 0;
        for (SealedColumns.SealedColumn column : SealedColumns.ALL) {
            count += jdbc.query(
                            "select count(*) from " + column.table() + " where " + isOther(column),
                            Binder.of(beginning + "%"),
                            row -> row.getLong(1))
                    .get(0);
        }
        return count;
    }

    /**
     * Goes through all of them once.
     *
     * @param beginning how everything begins that is sealed as wanted
     * @param progress  is told after each batch how many were sealed anew so far
     */
    public Pass pass(String beginning, LongConsumer progress) {
        long resealed = 0;
        long unreadable = 0;
        for (SealedColumns.SealedColumn column : SealedColumns.ALL) {
            @Nullable List<Object> last = null;
            while (true) {
                List<Value> batch = select(column, beginning, last);
                if (batch.isEmpty()) {
                    break;
                }
                List<Binder> changes = changes(batch);
                jdbc.run(() -> {
                    jdbc.batch(update(column), changes);
                    return changes;
                });
                resealed += changes.size();
                unreadable += batch.size() - changes.size();
                progress.accept(resealed);
                last = batch.get(batch.size() - 1).key();
            }
        }
        return new Pass(resealed, unreadable);
    }

    private List<Binder> changes(List<Value> batch) {
        List<Binder> changes = new ArrayList<>();
        for (Value value : batch) {
            try {
                List<Object> parameters = new ArrayList<>();
                parameters.add(secrets.seal(secrets.open(value.sealed(), value.identity()), value.identity()));
                parameters.addAll(value.key());
                parameters.add(value.sealed());
                changes.add(Binder.of(parameters.toArray()));
            } catch (RuntimeException e) {
                // Its message names the place and no value
                LOG.error("A secret cannot be sealed anew: {}", e.getMessage());
            }
        }
        return changes;
    }

    private List<Value> select(SealedColumns.SealedColumn column, String beginning, @Nullable List<Object> after) {
        List<String> names = new ArrayList<>(column.key());
        names.addAll(column.more());
        names.add(column.column());
        String key = String.join(", ", column.key());
        List<Object> parameters = new ArrayList<>();
        parameters.add(beginning + "%");
        String beyond = "";
        if (after != null) {
            beyond = " and (" + key + ") > ("
                    + String.join(", ", after.stream().map(any -> "?").toList()) + ")";
            parameters.addAll(after);
        }
        parameters.add(BATCH);
        return jdbc.query(
                "select " + String.join(", ", names) + " from " + column.table() + " where " + isOther(column) + beyond
                        + " order by " + key + " limit ?",
                Binder.of(parameters.toArray()),
                row -> {
                    List<Object> values = new ArrayList<>();
                    for (String name : column.key()) {
                        values.add(Objects.requireNonNull(row.getObject(name)));
                    }
                    return new Value(values, column.identity().read(row), row.getString(column.column()));
                });
    }

    private static String isOther(SealedColumns.SealedColumn column) {
        return column.column() + " is not null and " + column.column() + " not like ?";
    }

    private static String update(SealedColumns.SealedColumn column) {
        return "update " + column.table() + " set " + column.column() + " = ? where "
                + String.join(" = ? and ", column.key()) + " = ? and " + column.column() + " = ?";
    }
}
