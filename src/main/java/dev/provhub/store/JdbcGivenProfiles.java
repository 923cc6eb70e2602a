package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.profile.GivenProfile;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.Profile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Given profiles in the database, their values compressed and sealed. */
public final class JdbcGivenProfiles implements GivenProfiles {
    private static final String COLUMNS = "select mac, revision, given, applied, content_sealed from given_profile ";

    private final Jdbc jdbc;
    private final GivenContent content;
    private final int most;

    /**
     * Of an open database, which outlives this.
     *
     * @param most how many are kept of each device, from 1
     */
    public JdbcGivenProfiles(Database database, SecretColumn secrets, int most) {
        this.jdbc = database.jdbc();
        this.content = new GivenContent(secrets);
        this.most = most;
    }

    @Override
    public void keep(MacAddress mac, Profile profile, Instant now) {
        String revision = Objects.requireNonNull(profile.revision(), "a profile that is kept has a revision");
        jdbc.update(
                "insert into given_profile (mac, revision, given, content_sealed) values (?, ?, ?, ?)",
                Binder.of(mac.hex(), revision, now, content.seal(mac, revision, profile.values())));
        jdbc.update("""
                delete from given_profile where mac = ? and id <= (
                  select id from given_profile where mac = ? order by id desc offset ? rows fetch first 1 rows only)
                """, Binder.of(mac.hex(), mac.hex(), most));
    }

    @Override
    public void applied(MacAddress mac, String revision, Instant now) {
        jdbc.run(() -> jdbc.update("""
                update given_profile set applied = ?
                where applied is null and id = (select max(id) from given_profile where mac = ? and revision = ?)
                """, Binder.of(now, mac.hex(), revision)));
    }

    @Override
    public Optional<GivenProfile> find(MacAddress mac, String revision) {
        return jdbc
                .query(
                        COLUMNS + "where mac = ? and revision = ? order by id desc fetch first 1 rows only",
                        Binder.of(mac.hex(), revision),
                        this::read)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<GivenProfile> at(MacAddress mac, Instant time) {
        return jdbc
                .query(
                        COLUMNS + "where mac = ? and given <= ? order by id desc fetch first 1 rows only",
                        Binder.of(mac.hex(), time),
                        this::read)
                .stream()
                .findFirst();
    }

    @Override
    public List<GivenProfile> list(MacAddress mac) {
        return jdbc.query(
                "select revision, given, applied from given_profile where mac = ? order by id desc",
                Binder.of(mac.hex()),
                row -> new GivenProfile(
                        row.getString("revision"),
                        Objects.requireNonNull(RowReader.instant(row, "given")),
                        RowReader.instant(row, "applied"),
                        List.of()));
    }

    private GivenProfile read(ResultSet row) throws SQLException {
        String revision = row.getString("revision");
        return new GivenProfile(
                revision,
                Objects.requireNonNull(RowReader.instant(row, "given")),
                RowReader.instant(row, "applied"),
                content.open(new MacAddress(row.getString("mac")), revision, row.getString("content_sealed")));
    }
}
