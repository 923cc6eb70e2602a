package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.order.SipCredentials;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which generated SIP credentials the SIP platform has, in the database. */
public final class JdbcSipCredentials implements SipCredentials {
    static final String IDENTITY = "credential_seed/1/seed";

    private static final String COLUMNS = "select mac, line_number, sip_user, sip_domain from sip_credential ";
    private static final String KEY = " where mac = ? and line_number = ? and sip_user = ? and sip_domain = ?";

    private final Jdbc jdbc;
    private final SecretColumn secrets;

    /** Of an open database, which outlives this. */
    public JdbcSipCredentials(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
    }

    @Override
    public String seed(Supplier<String> fresh) {
        List<String> there = seeds();
        if (there.isEmpty()) {
            jdbc.run(() -> jdbc.update(
                    "insert into credential_seed (id, seed_sealed) values (1, ?) on conflict do nothing",
                    Binder.of(secrets.seal(fresh.get(), IDENTITY))));
            there = seeds();
        }
        return secrets.open(there.get(0), IDENTITY);
    }

    private List<String> seeds() {
        return jdbc.query(
                "select seed_sealed from credential_seed where id = 1",
                Binder.NONE,
                row -> row.getString("seed_sealed"));
    }

    @Override
    public void await(List<Whose> credentials) {
        if (!credentials.isEmpty()) {
            jdbc.run(() -> {
                jdbc.batch(
                        "insert into sip_credential (mac, line_number, sip_user, sip_domain) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        credentials.stream().map(JdbcSipCredentials::key).toList());
                return credentials;
            });
        }
    }

    @Override
    public List<Whose> awaited(int limit) {
        return jdbc.query(
                COLUMNS + "where told is null order by mac, line_number limit ?",
                Binder.of(limit),
                JdbcSipCredentials::read);
    }

    @Override
    public Set<Whose> told(MacAddress mac) {
        return Set.copyOf(jdbc.query(
                COLUMNS + "where mac = ? and told is not null", Binder.of(mac.hex()), JdbcSipCredentials::read));
    }

    @Override
    public void told(Whose credential, Instant now) {
        jdbc.run(() -> {
            jdbc.update(
                    "insert into sip_credential (mac, line_number, sip_user, sip_domain) values (?, ?, ?, ?)"
                            + " on conflict do nothing",
                    key(credential));
            return jdbc.update(
                    "update sip_credential set told = ?" + KEY,
                    Binder.of(
                            now,
                            credential.mac().hex(),
                            credential.lineNumber(),
                            credential.user(),
                            credential.domain()));
        });
    }

    @Override
    public void forget(Whose credential) {
        jdbc.run(() -> jdbc.update("delete from sip_credential" + KEY, key(credential)));
    }

    private static Binder key(Whose whose) {
        return Binder.of(whose.mac().hex(), whose.lineNumber(), whose.user(), whose.domain());
    }

    private static Whose read(ResultSet row) throws SQLException {
        return new Whose(
                new MacAddress(row.getString("mac")),
                row.getInt("line_number"),
                row.getString("sip_user"),
                row.getString("sip_domain"));
    }
}
