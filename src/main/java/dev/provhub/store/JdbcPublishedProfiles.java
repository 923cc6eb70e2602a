package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.device.PublishedProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of published files, in the database. The name of a file is a device's directory and is kept sealed. */
public final class JdbcPublishedProfiles implements PublishedProfiles {
    private static final String PAGE = ") as found where mac > ? order by mac limit ?";
    private static final String WITHOUT_DIRECTORY = """
            select p.mac from published_profile p
            left join device_key k on k.directory_digest = p.directory_digest where k.mac is null
            """;
    private static final String CHANGED = """
            select mac from (
            select k.mac from device_key k join device d on d.mac = k.mac
            left join published_profile p on p.mac = k.mac and p.directory_digest = k.directory_digest
            where p.mac is null or p.device_revision <> d.revision or p.claimed <> d.claimed
              or (p.file and p.revision is null)
            union
            """ + WITHOUT_DIRECTORY + PAGE;
    private static final String ALL = "select mac from (select mac from device_key union " + WITHOUT_DIRECTORY + PAGE;

    private final Jdbc jdbc;
    private final SecretColumn secrets;

    /** Of an open database, which outlives this. */
    public JdbcPublishedProfiles(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.secrets = secrets;
    }

    @Override
    public List<MacAddress> changed(@Nullable MacAddress after, int limit) {
        return page(CHANGED, after, limit);
    }

    @Override
    public List<MacAddress> all(@Nullable MacAddress after, int limit) {
        return page(ALL, after, limit);
    }

    private List<MacAddress> page(String sql, @Nullable MacAddress after, int limit) {
        return jdbc.query(
                sql, Binder.of(after == null ? "" : after.hex(), limit), row -> new MacAddress(row.getString("mac")));
    }

    @Override
    public List<Published> of(MacAddress mac) {
        return jdbc.query("""
                select mac, directory_digest, name_sealed, file, revision, device_revision, claimed, since, removed
                from published_profile where mac = ? order by since, directory_digest
                """, Binder.of(mac.hex()), this::read);
    }

    private Published read(ResultSet row) throws SQLException {
        MacAddress mac = new MacAddress(row.getString("mac"));
        return new Published(
                mac,
                secrets.open(row.getString("name_sealed"), identity(mac, row.getString("directory_digest"))),
                row.getBoolean("file"),
                row.getString("revision"),
                row.getLong("device_revision"),
                row.getBoolean("claimed"),
                Objects.requireNonNull(RowReader.instant(row, "since")),
                RowReader.instant(row, "removed"));
    }

    @Override
    public void keep(Published published) {
        String digest = Directories.digest(published.directory());
        jdbc.run(() -> {
            int updated = jdbc.update(
                    """
                    update published_profile set file = ?, revision = ?, device_revision = ?, claimed = ?, since = ?,
                      removed = ?
                    where mac = ? and directory_digest = ?
                    """,
                    Binder.of(
                            published.file(),
                            published.revision(),
                            published.deviceRevision(),
                            published.claimed(),
                            published.since(),
                            published.removed(),
                            published.mac().hex(),
                            digest));
            return updated == 1 ? updated : insert(published, digest);
        });
    }

    private int insert(Published published, String digest) {
        return jdbc.update(
                """
                insert into published_profile (mac, directory_digest, name_sealed, file, revision, device_revision, claimed,
                  since, removed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                Binder.of(
                        published.mac().hex(),
                        digest,
                        secrets.seal(published.directory(), identity(published.mac(), digest)),
                        published.file(),
                        published.revision(),
                        published.deviceRevision(),
                        published.claimed(),
                        published.since(),
                        published.removed()));
    }

    @Override
    public void forget(MacAddress mac, String directory) {
        jdbc.run(() -> jdbc.update(
                "delete from published_profile where mac = ? and directory_digest = ?",
                Binder.of(mac.hex(), Directories.digest(directory))));
    }

    static String identity(MacAddress mac, String digest) {
        return "published_profile/" + mac + "/" + digest + "/name";
    }
}
