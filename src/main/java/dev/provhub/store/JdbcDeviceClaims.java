package dev.provhub.store;

import dev.provhub.device.DeviceClaim;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims in the database. */
public final class JdbcDeviceClaims implements DeviceClaims {
    private static final String COLUMNS = "select id, kind, lowest, top, tenant, since from device_claim ";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcDeviceClaims(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public List<Kept> of(MacAddress mac, @Nullable String serial) {
        return jdbc.query(
                COLUMNS + "where (kind <> 'serial' and top >= ? and lowest <= ?)"
                        + " or (kind = 'serial' and lowest = cast(? as varchar)) order by id",
                Binder.of(mac.hex(), mac.hex(), serial == null ? null : serial.toUpperCase(Locale.ROOT)),
                JdbcDeviceClaims::read);
    }

    @Override
    public Outcome add(DeviceClaim claim, Instant now) {
        return jdbc.run(() -> {
            jdbc.query("select id from device_claim_lock where id = 1 for update", Binder.NONE, row -> row.getInt(1));
            Optional<String> conflict = otherClaim(claim).or(() -> otherDevice(claim));
            return conflict.isPresent()
                    ? new Outcome(false, conflict.get())
                    : new Outcome(insert(claim, now) == 1, null);
        });
    }

    private Optional<String> otherClaim(DeviceClaim claim) {
        String overlaps = claim.kind() == DeviceClaim.Kind.SERIAL ? "kind = 'serial'" : "kind <> 'serial'";
        return jdbc
                .query(
                        COLUMNS + "where " + overlaps
                                + " and top >= ? and lowest <= ? and tenant <> ? order by id limit 1",
                        Binder.of(claim.lowest(), claim.top(), claim.tenant()),
                        JdbcDeviceClaims::read)
                .stream()
                .map(other -> other.claim().subject() + " is claimed for tenant "
                        + other.claim().tenant())
                .findFirst();
    }

    private Optional<String> otherDevice(DeviceClaim claim) {
        String named = claim.kind() == DeviceClaim.Kind.SERIAL ? "serial in (?, ?)" : "mac >= ? and mac <= ?";
        String second = claim.kind() == DeviceClaim.Kind.SERIAL ? claim.lowest().toLowerCase(Locale.ROOT) : claim.top();
        return jdbc
                .query(
                        "select mac, tenant from device where claimed and tenant <> ? and " + named
                                + " order by mac limit 1",
                        Binder.of(claim.tenant(), claim.lowest(), second),
                        row -> "device " + row.getString("mac") + " is of tenant " + row.getString("tenant"))
                .stream()
                .findFirst();
    }

    private int insert(DeviceClaim claim, Instant now) {
        return jdbc.update(
                "insert into device_claim (kind, lowest, top, tenant, since) values (?, ?, ?, ?, ?) on conflict do nothing",
                Binder.of(word(claim.kind()), claim.lowest(), claim.top(), claim.tenant(), now));
    }

    @Override
    public boolean remove(DeviceClaim.Kind kind, String lowest, String top) {
        return jdbc.run(() -> jdbc.update(
                        "delete from device_claim where kind = ? and lowest = ? and top = ?",
                        Binder.of(word(kind), lowest, top)))
                == 1;
    }

    @Override
    public List<Kept> list(@Nullable String tenant, long after, int limit) {
        return jdbc.query(
                COLUMNS + "where id > ? and (cast(? as varchar) is null or tenant = ?) order by id limit ?",
                Binder.of(after, tenant, tenant, limit),
                JdbcDeviceClaims::read);
    }

    private static Kept read(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong("id"),
                new DeviceClaim(
                        DeviceClaim.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("lowest"),
                        row.getString("top"),
                        row.getString("tenant")),
                Objects.requireNonNull(RowReader.instant(row, "since")));
    }

    private static String word(DeviceClaim.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
