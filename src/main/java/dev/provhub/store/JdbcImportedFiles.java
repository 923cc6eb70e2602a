package dev.provhub.store;

import dev.provhub.order.ImportedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Files of orders in the database. */
public final class JdbcImportedFiles implements ImportedFiles {
    private static final int LONGEST_NAME = 255;
    private static final String COLUMNS = "select digest, name, started, ended, ok, failed";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcImportedFiles(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Optional<Imported> find(String digest) {
        return jdbc
                .query(
                        COLUMNS + ", rows_ok from imported_file where digest = ?",
                        Binder.of(digest),
                        row -> read(row, bits(row.getString("rows_ok"))))
                .stream()
                .findFirst();
    }

    @Override
    public void keep(Imported file) {
        String name =
                file.name().length() <= LONGEST_NAME ? file.name() : file.name().substring(0, LONGEST_NAME);
        jdbc.run(() -> {
            jdbc.update("delete from imported_file where digest = ?", Binder.of(file.digest()));
            return jdbc.update(
                    "insert into imported_file (digest, name, started, ended, ok, failed, rows_ok)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    Binder.of(
                            file.digest(),
                            name,
                            file.started(),
                            file.ended(),
                            file.ok(),
                            file.failed(),
                            text(file.rowsOk())));
        });
    }

    @Override
    public List<Imported> latest(int limit) {
        return jdbc.query(
                COLUMNS + " from imported_file order by ended desc, digest limit ?",
                Binder.of(limit),
                row -> read(row, new BitSet()));
    }

    private static Imported read(ResultSet row, BitSet rowsOk) throws SQLException {
        return new Imported(
                row.getString("digest"),
                row.getString("name"),
                Objects.requireNonNull(RowReader.instant(row, "started")),
                Objects.requireNonNull(RowReader.instant(row, "ended")),
                row.getLong("ok"),
                row.getLong("failed"),
                rowsOk);
    }

    private static String text(BitSet bits) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bits.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be written", e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static BitSet bits(String text) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return BitSet.valueOf(gzip.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("imported_file.rows_ok is damaged", e);
        }
    }
}
