package dev.provhub.store;

import dev.provhub.device.KeyGrant;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grants in the database; of a token only the SHA-256 is kept. */
public final class JdbcKeyGrants implements KeyGrants {
    private static final String SELECT = "select id, kind, mac, serial, until, used_from, fault from key_grant ";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcKeyGrants(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public void add(KeyGrant grant, @Nullable String token, Instant now) {
        jdbc.run(() -> jdbc.update(
                "insert into key_grant (id, kind, mac, serial, token_digest, made, until) values (?, ?, ?, ?, ?, ?, ?)",
                Binder.of(
                        grant.id(),
                        word(grant.kind()),
                        grant.mac() == null ? null : grant.mac().hex(),
                        grant.serial(),
                        token == null ? null : Directories.digest(token),
                        now,
                        grant.until())));
    }

    @Override
    public Optional<KeyGrant> withToken(String token) {
        return jdbc
                .query(SELECT + "where token_digest = ?", Binder.of(Directories.digest(token)), JdbcKeyGrants::read)
                .stream()
                .findFirst();
    }

    @Override
    public List<KeyGrant> exceptionsOf(MacAddress mac) {
        return jdbc.query(
                SELECT + "where mac = ? and kind = 'exception' order by until desc",
                Binder.of(mac.hex()),
                JdbcKeyGrants::read);
    }

    @Override
    public boolean isTargetable(MacAddress mac, Instant now) {
        return !jdbc.query("""
                        select 1 from key_grant
                        where kind = 'targeted' and (mac is null or mac = ?) and until > ? and fault is null limit 1
                        """, Binder.of(mac.hex(), now), row -> row.getInt(1)).isEmpty();
    }

    @Override
    public void change(KeyGrant grant) {
        jdbc.run(() -> jdbc.update(
                "update key_grant set used_from = ?, fault = ? where id = ?",
                Binder.of(grant.usedFrom(), grant.fault(), grant.id())));
    }

    @Override
    public void endOf(MacAddress mac) {
        if (!jdbc.query("select 1 from key_grant where mac = ? limit 1", Binder.of(mac.hex()), row -> row.getInt(1))
                .isEmpty()) {
            jdbc.run(() -> jdbc.update("delete from key_grant where mac = ? and fault is null", Binder.of(mac.hex())));
        }
    }

    @Override
    public boolean remove(String id) {
        return jdbc.run(() -> jdbc.update("delete from key_grant where id = ?", Binder.of(id))) == 1;
    }

    @Override
    public List<KeyGrant> list(Instant now) {
        return jdbc.query(
                SELECT + "where until > ? or fault is not null order by made desc, id",
                Binder.of(now),
                JdbcKeyGrants::read);
    }

    private static KeyGrant read(ResultSet row) throws SQLException {
        String mac = row.getString("mac");
        return new KeyGrant(
                row.getString("id"),
                KeyGrant.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                mac == null ? null : new MacAddress(mac),
                row.getString("serial"),
                Objects.requireNonNull(RowReader.instant(row, "until"), "until"),
                row.getString("used_from"),
                row.getString("fault"));
    }

    private static String word(KeyGrant.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
