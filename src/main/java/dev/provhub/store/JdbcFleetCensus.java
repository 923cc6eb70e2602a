package dev.provhub.store;

import dev.provhub.device.DeviceState;
import dev.provhub.device.FleetCensus;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts along indexes of the database, so that no large row is read. */
public final class JdbcFleetCensus implements FleetCensus {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcFleetCensus(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Counts count() {
        return new Counts(
                jdbc.query(
                        "select claimed, state, count(*) from device group by claimed, state",
                        Binder.NONE,
                        row -> new OfState(
                                DeviceState.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                                row.getBoolean(1),
                                row.getLong(3))),
                byWord("select state, count(*) from service_order group by state"),
                one("select count(distinct mac) from device_drift where undecided"),
                one("select count(*) from device_silence x where " + JdbcSilences.STILL_SILENT),
                byWord("select state, count(*) from notification where state in ('waiting', 'sent') group by state"));
    }

    private long one(String sql) {
        return jdbc.query(sql, Binder.NONE, row -> row.getLong(1)).get(0);
    }

    private Map<String, Long> byWord(String sql) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.query(sql, Binder.NONE, row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }
}
