package dev.provhub.order.api;

import dev.provhub.order.BulkIntake;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders as rows of a CSV file. The header names the columns, by the mapping; each row succeeds or fails alone and is
 * carried out at once; the file is read as a stream. The result is a CSV with {@code row} (from 1 for the first row after
 * the header), {@code externalId}, {@code status} ({@code ok} or {@code failed}) and {@code reason}; row 0 stands for the
 * file as a whole. Thread-safe.
 */
public final class CsvOrders {
    /** Largest file, in characters: 1 Gi. */
    public static final long LONGEST_FILE = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(CsvOrders.class);
    private static final int ROWS_PER_UNIT = 200;
    private static final String DONE_BEFORE = "repeat: this row of this file was taken before";

    private final Supplier<OrderMapping> mapping;
    private final BulkIntake intake;

    /** @param mapping the mapping in force, asked for each file; must be the one that the intake uses */
    public CsvOrders(Supplier<OrderMapping> mapping, BulkIntake intake) {
        this.mapping = mapping;
        this.intake = intake;
    }

    /**
     * What became of a file.
     *
     * @param ok     rows that are as ordered now
     * @param failed rows that are not, and one more when the file is broken
     * @param broken why the file, or its rest, could not be read as rows at all; null when it could
     */
    public record Report(long ok, long failed, @Nullable String broken) {
        /** Whether not one row could be read. */
        public boolean isUnread() {
            return broken != null && ok == 0 && failed == 1;
        }
    }

    /**
     * How a file is to be taken.
     *
     * @param dryRun    whether only the result is wanted and nothing shall change
     * @param doneRows  rows, from 1, that were taken before and are passed over
     * @param rowsOk    gets which rows, from 1, are as ordered
     * @param alongside is told of the outcomes of rows inside the transaction that keeps them, once for each
     * @param progress  is told of the rows handled so far, after each some hundred
     */
    public record Way(
            boolean dryRun,
            BitSet doneRows,
            BitSet rowsOk,
            Consumer<List<BulkIntake.Outcome>> alongside,
            Consumer<Report> progress) {
        /** With nothing done before, nothing to be kept beside it and nobody who looks. */
        public static Way of(boolean dryRun) {
            return new Way(dryRun, new BitSet(), new BitSet(), outcomes -> {}, report -> {});
        }
    }

    /** As {@link #take(InputStream, Appendable, Way)}. */
    public Report take(InputStream csv, Appendable result, boolean dryRun) throws IOException {
        return take(csv, result, Way.of(dryRun));
    }

    /**
     * Takes every row of a file. It may be given again after a crash, or for any reason: nothing happens twice.
     *
     * @param csv    UTF-8; not closed
     * @param result gets the result CSV as far as the rows were handled; not closed
     * @throws IOException                                   when the result cannot be written
     * @throws dev.provhub.device.StoreUnavailableException when the store is away; the file is to be given again later
     */
    public Report take(InputStream csv, Appendable result, Way way) throws IOException {
        Import run = new Import(way.dryRun() ? intake.dryRun() : intake, printer(result), way);
        String broken = run.all(csv);
        if (broken != null) {
            run.print(run.rows == 0 ? 0 : run.rows + 1, "", false, broken);
        }
        LOG.info(
                "orders imported ok={} failed={} broken={} dryRun={}",
                run.ok,
                run.failed,
                broken != null,
                way.dryRun());
        return run.report(broken);
    }

    private static CSVPrinter printer(Appendable result) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader("row", "externalId", "status", "reason")
                .get()
                .print(result);
    }

    /** A row that waits for its unit: an order, or what there is to say instead. */
    private record Waiting(
            long row, String externalId, @Nullable NewOrder order, boolean good, String remark) {}

    private final class Import {
        private final BulkIntake target;
        private final CSVPrinter result;
        private final Way way;
        private final List<Waiting> waiting = new ArrayList<>(ROWS_PER_UNIT);
        private long rows;
        private long ok;
        private long failed;

        Import(BulkIntake target, CSVPrinter result, Way way) {
            this.way = way;
            this.target = target;
            this.result = result;
        }

        Report report(@Nullable String broken) {
            return new Report(ok, failed, broken);
        }

        /** Null when all rows could be read. */
        private @Nullable String all(InputStream csv) throws IOException {
            String broken = null;
            try {
                CsvTable table = CsvTable.open(csv, LONGEST_FILE);
                if (!table.hasNext()) {
                    return "the file is empty; a header that names the columns is expected";
                }
                CsvColumns columns = CsvColumns.of(table.next(), mapping.get());
                while (table.hasNext()) {
                    add(columns, table.next());
                }
            } catch (CsvColumns.Unusable e) {
                return e.getMessage();
            } catch (UncheckedIOException e) {
                throw e.getCause() == null ? new IOException(e) : e.getCause();
            } catch (IOException e) {
                LOG.debug("file cannot be read as rows", e);
                broken = "from here on the file cannot be read as rows: " + e.getMessage();
            }
            takeWaiting();
            return broken;
        }

        private void add(CsvColumns columns, List<String> cells) {
            rows++;
            String externalId = columns.externalId(cells);
            if (rows <= Integer.MAX_VALUE && way.doneRows().get((int) rows)) {
                waiting.add(new Waiting(rows, externalId, null, true, DONE_BEFORE));
            } else {
                try {
                    waiting.add(new Waiting(rows, externalId, columns.order(cells), true, ""));
                } catch (CsvColumns.Unusable e) {
                    waiting.add(new Waiting(rows, externalId, null, false, String.valueOf(e.getMessage())));
                }
            }
            if (waiting.size() == ROWS_PER_UNIT) {
                takeWaiting();
            }
        }

        private void takeWaiting() {
            List<NewOrder> orders = new ArrayList<>();
            waiting.forEach(row -> addIfOrder(orders, row));
            List<BulkIntake.Outcome> outcomes = target.acceptAndFulfilAll(orders, way.alongside());
            int next = 0;
            for (Waiting row : waiting) {
                if (row.order() == null) {
                    print(row.row(), row.externalId(), row.good(), row.remark());
                } else {
                    BulkIntake.Outcome outcome = outcomes.get(next++);
                    print(row.row(), row.externalId(), outcome.ok(), outcome.reason());
                }
            }
            waiting.clear();
            way.progress().accept(report(null));
        }

        private static void addIfOrder(List<NewOrder> orders, Waiting row) {
            if (row.order() != null) {
                orders.add(row.order());
            }
        }

        private void print(long row, String externalId, boolean good, String reason) {
            if (good) {
                ok++;
                way.rowsOk().set((int) Math.min(row, Integer.MAX_VALUE));
            } else {
                failed++;
            }
            try {
                result.printRecord(row, CsvTable.guarded(externalId), good ? "ok" : "failed", CsvTable.guarded(reason));
            } catch (IOException e) {
                // Told apart from trouble with reading the file
                throw new UncheckedIOException(e);
            }
        }
    }
}
