package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.DeviceReport.Entry;
import dev.provhub.report.DeviceReports;
import dev.provhub.report.Drift;
import dev.provhub.report.DriftPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reports in the database, their values sealed. */
public final class JdbcDeviceReports implements DeviceReports {
    private static final int FIELDS = 3;
    private static final int LONGEST_NAME = 200;

    private final Jdbc jdbc;
    private final SecretColumn secrets;

    /** Of an open database, which outlives this. */
    public JdbcDeviceReports(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
    }

    @Override
    public void keep(MacAddress mac, Kept kept) {
        String kind = kept.report().kind().word();
        String content = kept.report().entries().stream()
                .map(entry -> oneLine(entry.group()) + "\t" + oneLine(entry.name()) + "\t" + oneLine(entry.text()))
                .collect(Collectors.joining("\n"));
        jdbc.update("delete from device_report where mac = ? and kind = ?", Binder.of(mac.hex(), kind));
        jdbc.update(
                "insert into device_report (mac, kind, received, revision, cut, content_sealed) values (?, ?, ?, ?, ?, ?)",
                Binder.of(
                        mac.hex(),
                        kind,
                        kept.received(),
                        kept.revision(),
                        kept.report().cut(),
                        secrets.seal(content, contentIdentity(mac.hex(), kind))));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\t\\r\\n]+", " ");
    }

    @Override
    public Optional<Kept> find(MacAddress mac, DeviceReport.Kind kind) {
        return jdbc
                .query(
                        "select mac, kind, received, revision, cut, content_sealed from device_report "
                                + "where mac = ? and kind = ?",
                        Binder.of(mac.hex(), kind.word()),
                        this::kept)
                .stream()
                .findFirst();
    }

    private Kept kept(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        String content = secrets.open(row.getString("content_sealed"), contentIdentity(row.getString("mac"), kind));
        List<Entry> entries = content.isEmpty()
                ? List.of()
                : content.lines().map(JdbcDeviceReports::entry).toList();
        return new Kept(
                new DeviceReport(
                        DeviceReport.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), entries, row.getString("cut")),
                Objects.requireNonNull(RowReader.instant(row, "received")),
                row.getString("revision"));
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t", FIELDS);
        return new Entry(fields[1], fields[0], fields[2]);
    }

    @Override
    public List<Open> drift(MacAddress mac) {
        return jdbc.query(
                "select mac, parameter, action, undecided, was_own, secret, since, given_sealed, found_sealed from device_drift "
                        + "where mac = ? order by parameter",
                Binder.of(mac.hex()),
                this::open);
    }

    @Override
    public void setDrift(MacAddress mac, List<Open> drift) {
        jdbc.update("delete from device_drift where mac = ?", Binder.of(mac.hex()));
        jdbc.batch(
                "insert into device_drift (mac, parameter, action, undecided, was_own, secret, since, given_sealed, found_sealed) "
                        + "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                drift.stream()
                        .filter(open -> open.finding().parameter().length() <= LONGEST_NAME)
                        .map(open -> binder(mac, open))
                        .toList());
    }

    private Binder binder(MacAddress mac, Open open) {
        Drift.Finding finding = open.finding();
        return Binder.of(
                mac.hex(),
                finding.parameter(),
                open.action().word(),
                open.open(),
                open.wasOwn(),
                finding.secret(),
                open.since(),
                secrets.seal(finding.given(), driftIdentity(mac.hex(), finding.parameter(), "given")),
                secrets.seal(finding.found(), driftIdentity(mac.hex(), finding.parameter(), "found")));
    }

    private Open open(ResultSet row) throws SQLException {
        String mac = row.getString("mac");
        String parameter = row.getString("parameter");
        return new Open(
                new Drift.Finding(
                        parameter,
                        secrets.open(row.getString("given_sealed"), driftIdentity(mac, parameter, "given")),
                        secrets.open(row.getString("found_sealed"), driftIdentity(mac, parameter, "found")),
                        row.getBoolean("secret")),
                DriftPolicy.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                row.getBoolean("undecided"),
                row.getBoolean("was_own"),
                Objects.requireNonNullElse(RowReader.instant(row, "since"), Instant.EPOCH));
    }

    static String contentIdentity(String mac, String kind) {
        return "device_report/" + mac + "/" + kind;
    }

    static String driftIdentity(String mac, String parameter, String what) {
        return "device_drift/" + mac + "/" + parameter + "/" + what;
    }
}
