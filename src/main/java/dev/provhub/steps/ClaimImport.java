package dev.provhub.steps;

import dev.provhub.device.DeviceClaim;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.PlaceNames;
import dev.provhub.device.UnitOfWork;
import dev.provhub.order.api.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Claims as rows of a CSV file; each row succeeds or fails alone. The result is a CSV with {@code row} (from 1 for the first row
 * after the header), {@code status} ({@code ok} or {@code failed}) and {@code reason}; row 0 stands for the file as a whole.
 */
final class ClaimImport {
    private static final long LONGEST_FILE = 256L << 20;
    private static final int ROWS_PER_UNIT = 500;

    private final DeviceClaims claims;
    private final PlaceNames places;
    private final UnitOfWork work;
    private final Clock clock;
    private final CSVPrinter result;
    private long ok;
    private long failed;

    ClaimImport(DeviceClaims claims, PlaceNames places, UnitOfWork work, Clock clock, Appendable result)
            throws IOException {
        this.claims = claims;
        this.places = places;
        this.work = work;
        this.clock = clock;
        this.result = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader("row", "status", "reason")
                .get()
                .print(result);
    }

    /** A row as it was read: claims, or why there are none. */
    private record Row(List<DeviceClaim> claims, @Nullable String failure) {}

    /** Takes all rows; the same file again changes nothing. */
    void take(InputStream csv) throws IOException {
        CsvTable table = CsvTable.open(csv, LONGEST_FILE);
        ClaimRows columns;
        try {
            if (!table.hasNext()) {
                print(0, "the file is empty; a header that names the columns is expected");
                return;
            }
            columns = new ClaimRows(table.next());
        } catch (IllegalArgumentException e) {
            print(0, e.getMessage());
            return;
        }
        List<Row> unit = new ArrayList<>();
        while (hasNext(table)) {
            unit.add(row(columns, table.next()));
            if (unit.size() == ROWS_PER_UNIT) {
                takeUnit(unit);
            }
        }
        takeUnit(unit);
    }

    private boolean hasNext(CsvTable table) throws IOException {
        try {
            return table.hasNext();
        } catch (IOException e) {
            throw new IOException(
                    "after row " + (ok + failed) + " the file cannot be read as rows: " + e.getMessage(), e);
        }
    }

    private Row row(ClaimRows columns, List<String> cells) {
        try {
            return new Row(ClaimRows.placed(columns.claims(cells), places), null);
        } catch (IllegalArgumentException e) {
            return new Row(List.of(), e.getMessage());
        }
    }

    private void takeUnit(List<Row> unit) throws IOException {
        List<@Nullable String> failures = work.run(() -> {
            List<@Nullable String> each = new ArrayList<>();
            unit.forEach(row -> each.add(row.failure() != null ? row.failure() : added(row.claims())));
            return each;
        });
        for (String failure : failures) {
            print(ok + failed + 1, failure);
        }
        unit.clear();
    }

    /** What is wrong, null when nothing is. */
    private @Nullable String added(List<DeviceClaim> row) {
        for (DeviceClaim claim : row) {
            String conflict = claims.add(claim, clock.instant()).conflict();
            if (conflict != null) {
                return claim.subject() + " cannot be claimed for tenant " + claim.tenant() + ": " + conflict;
            }
        }
        return null;
    }

    private void print(long row, @Nullable String failure) throws IOException {
        if (failure == null) {
            ok++;
        } else {
            failed++;
        }
        result.printRecord(row, failure == null ? "ok" : "failed", CsvTable.guarded(failure == null ? "" : failure));
    }

    long ok() {
        return ok;
    }

    long failed() {
        return failed;
    }
}
