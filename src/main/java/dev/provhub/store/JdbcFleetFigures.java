package dev.provhub.store;

import dev.provhub.device.FleetFigures;
import java.time.Instant;

/** Numbers over all devices, from the database. */
public final class JdbcFleetFigures implements FleetFigures {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcFleetFigures(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public long claimedWithoutKey(String model) {
        return count("select count(*) from device where model = ? and claimed and state = 'new'", Binder.of(model));
    }

    @Override
    public long certificatesEnding(Instant from, Instant to) {
        return count("""
                select count(*) from device_certificate c join device d on d.mac = c.mac
                where c.not_after >= ? and c.not_after < ? and d.claimed
                """, Binder.of(from, to));
    }

    private long count(String sql, Binder binder) {
        return jdbc.query(sql, binder, row -> row.getLong(1)).get(0);
    }
}
