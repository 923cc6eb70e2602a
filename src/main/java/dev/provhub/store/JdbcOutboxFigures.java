package dev.provhub.store;

import dev.provhub.order.event.OutboxFigures;

/** Numbers of events and faults, from the database. */
public final class JdbcOutboxFigures implements OutboxFigures {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcOutboxFigures(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Figures look() {
        return jdbc.query(
                        """
                        select (select count(*) from event_delivery) as waiting, (select min(queued) from event_delivery) as oldest,
                          (select count(*) from fault) as faults
                        """,
                        Binder.NONE,
                        row -> new Figures(
                                row.getLong("waiting"), RowReader.instant(row, "oldest"), row.getLong("faults")))
                .get(0);
    }
}
