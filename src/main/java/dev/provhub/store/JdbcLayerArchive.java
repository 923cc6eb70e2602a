package dev.provhub.store;

import dev.provhub.profile.LayerArchive;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Layers that came into force, in the database; sealed, because a site may write secrets into them. */
public final class JdbcLayerArchive implements LayerArchive {
    static final String IDENTITY = "layer_set/files";

    private final Jdbc jdbc;
    private final SealedMap maps;

    /** Of an open database, which outlives this. */
    public JdbcLayerArchive(Database database, SecretColumn secrets) {
        this.jdbc = database.jdbc();
        this.maps = new SealedMap(secrets);
    }

    @Override
    public Optional<Kept> latest() {
        return jdbc
                .query(
                        "select since, files_sealed from layer_set order by id desc fetch first 1 rows only",
                        Binder.NONE,
                        row -> new Kept(
                                Objects.requireNonNull(RowReader.instant(row, "since")),
                                maps.open(row.getString("files_sealed"), IDENTITY)))
                .stream()
                .findFirst();
    }

    @Override
    public void keep(Map<String, String> files, Instant now) {
        jdbc.run(() -> jdbc.update(
                "insert into layer_set (since, files_sealed) values (?, ?)",
                Binder.of(now, maps.seal(files, IDENTITY))));
    }
}
