package dev.provhub.store;

import dev.provhub.order.CancelRepository;
import dev.provhub.order.CancelTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wishes to cancel orders, in the database. */
public final class JdbcCancelRepository implements CancelRepository {
    private static final String COLUMNS =
            "select id, order_id, state, created, requested, effective, message, details_sealed from cancel_service_order ";
    private static final String FITS =
            "where (cast(? as varchar) is null or order_id = ?) and (cast(? as varchar) is null or state = ?) ";

    private final Jdbc jdbc;
    private final SecretColumn secrets;

    /** Of an open database, which outlives this. */
    public JdbcCancelRepository(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
    }

    @Override
    public void add(CancelTask task) {
        jdbc.run(() -> jdbc.update(
                """
                insert into cancel_service_order (id, order_id, state, created, requested, effective, message, details_sealed)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                Binder.of(
                        task.id(),
                        task.orderId(),
                        task.state().wireName(),
                        task.created(),
                        task.requested(),
                        task.effective(),
                        task.message(),
                        task.details().isEmpty() ? null : secrets.seal(task.details(), identity(task.id())))));
    }

    @Override
    public void update(CancelTask task) {
        jdbc.run(() -> jdbc.update(
                "update cancel_service_order set state = ?, effective = ?, message = ? where id = ?",
                Binder.of(task.state().wireName(), task.effective(), OrderRows.shortened(task.message()), task.id())));
    }

    @Override
    public Optional<CancelTask> find(String id) {
        return jdbc.query(COLUMNS + "where id = ?", Binder.of(id), this::read).stream()
                .findFirst();
    }

    @Override
    public Optional<CancelTask> lock(String id) {
        return jdbc.query(COLUMNS + "where id = ? for update", Binder.of(id), this::read).stream()
                .findFirst();
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return jdbc.query("""
                select id from cancel_service_order where state = 'accepted' and (requested is null or requested <= ?)
                order by seq limit ?
                """, Binder.of(now, limit), row -> row.getString(1));
    }

    @Override
    public List<String> open(String orderId) {
        return jdbc.query("""
                select id from cancel_service_order where order_id = ? and state in ('accepted', 'inProgress') order by seq
                """, Binder.of(orderId), row -> row.getString(1));
    }

    @Override
    public List<String> overtaken(int limit) {
        return jdbc.query("""
                select c.id from cancel_service_order c left join service_order o on o.id = c.order_id
                where c.state = 'accepted'
                  and (o.id is null or o.state in ('completed', 'failed', 'partial', 'rejected', 'cancelled'))
                order by c.seq limit ?
                """, Binder.of(limit), row -> row.getString(1));
    }

    @Override
    public List<CancelTask> list(Filter filter, int offset, int limit) {
        String state = state(filter);
        return jdbc.query(
                COLUMNS + FITS + "order by seq limit ? offset ?",
                Binder.of(filter.orderId(), filter.orderId(), state, state, limit, offset),
                this::read);
    }

    @Override
    public long count(Filter filter) {
        String state = state(filter);
        return jdbc.query(
                        "select count(*) from cancel_service_order " + FITS,
                        Binder.of(filter.orderId(), filter.orderId(), state, state),
                        row -> row.getLong(1))
                .get(0);
    }

    private static @Nullable String state(Filter filter) {
        CancelTask.State state = filter.state();
        return state == null ? null : state.wireName();
    }

    private CancelTask read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String state = row.getString("state");
        String details = row.getString("details_sealed");
        return new CancelTask(
                id,
                row.getString("order_id"),
                CancelTask.State.find(state).orElseThrow(() -> new IllegalStateException("unknown state " + state)),
                Objects.requireNonNull(RowReader.instant(row, "created"), "created"),
                RowReader.instant(row, "requested"),
                RowReader.instant(row, "effective"),
                row.getString("message"),
                details == null ? "" : secrets.open(details, identity(id)));
    }

    static String identity(String id) {
        return "cancel_service_order/" + id + "/details";
    }
}
