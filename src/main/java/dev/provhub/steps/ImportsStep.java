package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.AuditLog;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.api.CsvOrders;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/** Step {@code imports}: CSV orders, from a file or a request. */
public final class ImportsStep {
    private static final String FEED = "import";
    private static final String ASIDE = "failed";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CsvOrders orders;
    private final AuditLog audit;

    /** Needs the reader of CSV orders, and where it is written down who brought some. */
    public ImportsStep(CsvOrders orders, AuditLog audit) {
        this.orders = orders;
        this.audit = audit;
    }

    /**
     * Takes the rows of the file in the body; the result appears beside it, whole, as {@code <name>.result.csv}: of {@code
     * phones.csv} it is {@code phones.result.csv}.
     *
     * @throws IOException when the file cannot be read or the result not be written
     */
    public void importFile(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        String name = file.getFileName().toString().replaceFirst("[.]csv$", "");
        Path part = file.resolveSibling(name + ".result.part");
        try (InputStream csv = Files.newInputStream(file);
                BufferedWriter result = Files.newBufferedWriter(part)) {
            take(csv, result, FEED, " file=" + file.getFileName());
        }
        Files.move(
                part,
                file.resolveSibling(name + ".result.csv"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Puts the file in the body aside, into {@code failed} beside it, so that it is not tried for ever; leaves for a fault what brings
     * it back.
     *
     * @throws IOException when it cannot be moved
     */
    public void setAside(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        String name = file.getFileName().toString();
        Path aside = Files.createDirectories(file.resolveSibling(ASIDE)).resolve(name);
        if (Files.exists(file)) {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        exchange.setProperty(HubExchange.SUBJECT, name);
        exchange.setProperty(HubExchange.RETRY_AT, "direct:import-csv-again");
        exchange.setProperty(
                HubExchange.MESSAGE,
                JSON.createObjectNode().put("file", aside.toString()).toString());
    }

    /**
     * Brings a file back to where it was dropped; the body is what {@link #setAside} left.
     *
     * @throws IOException when it cannot be moved, for one because it is not there any more
     */
    public void bringBack(Exchange exchange) throws IOException {
        Path aside = Path.of(JSON.readTree(exchange.getMessage().getBody(String.class))
                .path("file")
                .asText());
        Path folder = java.util.Objects.requireNonNull(aside.getParent()).resolveSibling(aside.getFileName());
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Takes the rows in the body of a request and answers with the result; {@code ?dryRun=true} changes nothing. The result
     * waits in a file, so that an import may be as large as it likes.
     *
     * @throws IOException when the request cannot be read to its end
     */
    public void importBody(Exchange exchange) throws IOException {
        String who = HubExchange.caller(exchange);
        boolean dryRun = "true".equals(exchange.getMessage().getHeader("dryRun", "", String.class));
        Path result = Files.createTempFile("import", ".result.csv");
        exchange.getExchangeExtension().addOnCompletion(new DeleteAfterwards(result));
        InputStream csv = exchange.getMessage().getBody(InputStream.class);
        try (InputStream rows = csv == null ? InputStream.nullInputStream() : csv;
                Writer writer = Files.newBufferedWriter(result, StandardCharsets.UTF_8)) {
            if (dryRun) {
                orders.take(rows, writer, true);
            } else {
                take(rows, writer, who, "");
            }
        }
        ApiAnswers.answer(exchange, 200, "text/csv; charset=utf-8", result.toFile());
    }

    /**
     * What is changed is written down in the transaction that changes it, some hundred rows at a time. What changed nothing, and
     * that an import broke off, is written down after it.
     */
    private void take(InputStream csv, Writer result, String who, String which) throws IOException {
        AtomicBoolean changed = new AtomicBoolean();
        String afterwards = "orders import broke off" + which;
        try {
            CsvOrders.Report report = orders.take(csv, result, false, outcomes -> {
                long ok = outcomes.stream().filter(BulkIntake.Outcome::ok).count();
                if (ok > 0) {
                    audit.add(who, imported(which, ok, outcomes.size() - ok));
                    changed.set(true);
                }
            });
            afterwards = changed.get() ? "" : imported(which, report.ok(), report.failed());
        } finally {
            if (!afterwards.isEmpty()) {
                audit.add(who, afterwards);
            }
        }
    }

    private static String imported(String which, long ok, long failed) {
        return "orders imported" + which + " ok=" + ok + " failed=" + failed;
    }

    /** Takes a file away when the answer has been sent. */
    static final class DeleteAfterwards extends org.apache.camel.support.SynchronizationAdapter {
        private final Path file;

        DeleteAfterwards(Path file) {
            this.file = file;
        }

        @Override
        public void onDone(Exchange exchange) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(ImportsStep.class)
                        .warn("A file that was sent is left file={}", file, e);
            }
        }
    }
}
