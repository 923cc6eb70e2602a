package dev.provhub.store;

import dev.provhub.device.CertificateLedger;
import dev.provhub.device.MacAddress;
import dev.provhub.device.ShownCertificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The certificates that devices have shown, in the database. */
public final class JdbcCertificateLedger implements CertificateLedger {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcCertificateLedger(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Optional<ShownCertificate> of(MacAddress mac) {
        return jdbc.query("""
                        select fingerprint, issuer, number, serial, not_before, not_after
                        from device_certificate where mac = ?
                        """, Binder.of(mac.hex()), JdbcCertificateLedger::read).stream()
                .findFirst();
    }

    private static ShownCertificate read(ResultSet row) throws SQLException {
        return new ShownCertificate(
                row.getString("fingerprint"),
                row.getString("issuer"),
                row.getString("number"),
                row.getString("serial"),
                time(row, "not_before"),
                time(row, "not_after"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(RowReader.instant(row, column), column);
    }

    @Override
    public void bind(MacAddress mac, ShownCertificate certificate, Instant when) {
        jdbc.run(() -> {
            delete(mac);
            jdbc.update(
                    """
                    insert into device_certificate (mac, fingerprint, issuer, number, serial, not_before, not_after, bound)
                    select mac, ?, ?, ?, ?, ?, ?, ? from device where mac = ?
                    """,
                    Binder.of(
                            certificate.fingerprint(),
                            certificate.issuer(),
                            certificate.number(),
                            certificate.serial(),
                            certificate.notBefore(),
                            certificate.notAfter(),
                            when,
                            mac.hex()));
            return mac;
        });
    }

    @Override
    public void release(MacAddress mac) {
        jdbc.run(() -> delete(mac));
    }

    private int delete(MacAddress mac) {
        return jdbc.update("delete from device_certificate where mac = ?", Binder.of(mac.hex()));
    }

    @Override
    public List<Expiring> endingBefore(Instant time, int limit) {
        return jdbc.query(
                """
                select d.mac, d.model, fingerprint, issuer, number, c.serial, not_before, not_after
                from device_certificate c join device d on d.mac = c.mac
                where not_after < ? order by not_after, d.mac limit ?
                """,
                Binder.of(time, limit),
                row -> new Expiring(new MacAddress(row.getString("mac")), row.getString("model"), read(row)));
    }

    @Override
    public List<Year> byYear() {
        return jdbc.query("""
                select extract(year from not_after) as ends, count(*) as certificates
                from device_certificate group by extract(year from not_after) order by 1
                """, Binder.NONE, row -> new Year(row.getInt("ends"), row.getLong("certificates")));
    }
}
