package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.fault.Faults;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.ImportedFiles;
import dev.provhub.order.api.CsvOrders;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code imports}: CSV orders, from a file or a request. */
public final class ImportsStep {
    private static final String FEED = "import";
    private static final String ASIDE = "failed";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String FILE = "hubImportFile";
    private static final int LATEST = 100;
    private static final int LOGGED_ROWS = 100_000;
    private static final Logger LOG = LoggerFactory.getLogger(ImportsStep.class);

    private final CsvOrders orders;
    private final ImportedFiles files;
    private final AuditLog audit;
    private final Consumer<List<BulkIntake.Outcome>> alongside;
    private final Faults faults;
    private final Path folder;
    /** Faults whose file was brought back, by its name, until what becomes of it is known. */
    private final Map<String, Long> broughtBack = new ConcurrentHashMap<>();

    private final Clock clock;
    private final Map<Long, Running> running = new ConcurrentSkipListMap<>();
    private final AtomicLong next = new AtomicLong();

    /**
     * Needs the reader of CSV orders, and where it is written down what was taken and who brought it.
     *
     * @param alongside is told of outcomes inside the transaction that keeps them
     * @param faults in which a file stands until it is taken
     * @param folder into whose {@code failed} files are put that cannot be taken
     */
    public ImportsStep(
            CsvOrders orders,
            ImportedFiles files,
            AuditLog audit,
            Consumer<List<BulkIntake.Outcome>> alongside,
            Faults faults,
            Path folder,
            Clock clock) {
        this.orders = orders;
        this.files = files;
        this.audit = audit;
        this.alongside = alongside;
        this.faults = faults;
        this.folder = folder;
        this.clock = clock;
    }

    private record Running(String name, Instant started, boolean dryRun, AtomicReference<CsvOrders.Report> soFar) {
        private static final CsvOrders.Report NOTHING = new CsvOrders.Report(0, 0, null);

        static Running of(String name, Instant started, boolean dryRun) {
            return new Running(name, started, dryRun, new AtomicReference<>(NOTHING));
        }
    }

    /**
     * Takes the rows of the file in the body; the result appears beside it, whole, as {@code <name>.result.csv}: of {@code
     * phones.csv} it is {@code phones.result.csv}. Rows of a file of the same name and content that were taken before are passed over.
     *
     * @throws IOException when the file cannot be read or the result not be written
     */
    public void importFile(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        exchange.setProperty(FILE, file);
        if (Files.isSymbolicLink(file)) {
            // Whoever may drop files could have any file of the hub's read, and have lines of it in the result
            throw new FileSystemException(file.getFileName().toString(), null, "a link is not taken, only a file");
        }
        String fileName = file.getFileName().toString();
        Path part = file.resolveSibling(stem(fileName) + ".result.part");
        Instant started = clock.instant();
        String digest = digest(file);
        BitSet done = files.find(digest).map(ImportedFiles.Imported::rowsOk).orElse(new BitSet());
        try (InputStream csv = Files.newInputStream(file);
                BufferedWriter result = Files.newBufferedWriter(part)) {
            BitSet rowsOk = new BitSet();
            CsvOrders.Report report = take(csv, result, FEED, fileName, done, rowsOk);
            files.keep(new ImportedFiles.Imported(
                    digest, fileName, started, clock.instant(), report.ok(), report.failed(), rowsOk));
        }
        Files.move(part, result(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(exchange, fileName);
    }

    /** A file that has been taken is no fault any more. */
    private void settle(Exchange exchange, String fileName) {
        Long fault = broughtBack.remove(fileName);
        if (fault != null) {
            faults.remove(fault);
        }
        String feed = exchange.getFromRouteId();
        // Another one of this name may still wait aside
        if (feed != null && !Files.exists(folder.resolve(ASIDE).resolve(fileName))) {
            faults.settle(feed, fileName);
        }
    }

    /** The result that {@link #importFile} has written becomes the body, with its name in the header {@code CamelFileName}. */
    public void result(Exchange exchange) {
        Path result = result(HubExchange.required(exchange, FILE, Path.class));
        exchange.getMessage().setBody(result.toFile());
        exchange.getMessage().setHeader(Exchange.FILE_NAME, result.getFileName().toString());
        exchange.getExchangeExtension().addOnCompletion(new DeleteAfterwards(result));
    }

    private static Path result(Path file) {
        return file.resolveSibling(stem(file.getFileName().toString()) + ".result.csv");
    }

    private static String stem(String fileName) {
        return fileName.replaceFirst("[.]csv$", "");
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((file.getFileName() + "\0").getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not to be had", e);
        }
    }

    /** Imports that run, with the rows handled so far, then the files that were taken last, newest first. */
    public void list(Exchange exchange) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode listed = body.putArray("imports");
        running.values().forEach(one -> {
            CsvOrders.Report soFar = Objects.requireNonNull(one.soFar().get());
            describe(listed.addObject(), one.name(), one.started(), null, soFar.ok(), soFar.failed())
                    .put("dryRun", one.dryRun());
        });
        files.latest(LATEST).forEach(file -> describe(
                        listed.addObject(), file.name(), file.started(), file.ended(), file.ok(), file.failed())
                .put("dryRun", false));
        ApiAnswers.json(exchange, 200, body.toString());
    }

    private static ObjectNode describe(
            ObjectNode json, String name, Instant started, @Nullable Instant ended, long ok, long failed) {
        return json.put("name", name)
                .put("started", started.toString())
                .put("ended", ended == null ? null : ended.toString())
                .put("ok", ok)
                .put("failed", failed);
    }

    /**
     * Puts the file in the body aside, into {@code failed} of the import folder, so that it is not tried for ever; leaves for a fault what brings
     * it back.
     *
     * @throws IOException when it cannot be moved
     */
    public void setAside(Exchange exchange) throws IOException {
        Path file = HubExchange.required(exchange, FILE, Path.class);
        String name = file.getFileName().toString();
        Path aside = Files.createDirectories(folder.resolve(ASIDE)).resolve(name);
        if (Files.exists(file)) {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        }
        exchange.setProperty(HubExchange.SUBJECT, name);
        Long fault = broughtBack.remove(name);
        if (fault != null) {
            // It was tried again: the same fault, once more
            exchange.setProperty(HubExchange.FAULT, fault);
        }
        exchange.setProperty(HubExchange.RETRY_AT, "direct:import-csv-again");
        exchange.setProperty(
                HubExchange.MESSAGE,
                JSON.createObjectNode().put("file", aside.toString()).toString());
    }

    /** The server of the feed has failed while a file of it was dealt with: its next look there waits. */
    public void leave(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (cause != null
                && exchange.getFromEndpoint() instanceof ScheduledPollEndpoint polled
                && polled.getPollStrategy() instanceof RemotePolls polls) {
            polls.handleException(cause);
        }
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
        Files.move(aside, folder.resolve(aside.getFileName()));
        Long fault = exchange.getProperty(HubExchange.FAULT, Long.class);
        if (fault != null) {
            broughtBack.put(aside.getFileName().toString(), fault);
        }
        exchange.setProperty(HubExchange.COMES_AGAIN, true);
    }

    /**
     * Takes the rows in the body of a request and answers with the result; {@code ?dryRun=true} changes nothing. The result
     * waits in a file, so that an import may be as large as it likes. The status is 400 when no row could be read.
     *
     * @throws IOException when the request cannot be read to its end
     */
    public void importBody(Exchange exchange) throws IOException {
        String who = HubExchange.caller(exchange);
        boolean dryRun = "true".equals(exchange.getMessage().getHeader("dryRun", "", String.class));
        Path result = Files.createTempFile("import", ".result.csv");
        exchange.getExchangeExtension().addOnCompletion(new DeleteAfterwards(result));
        InputStream csv = exchange.getMessage().getBody(InputStream.class);
        CsvOrders.Report report;
        try (InputStream rows = csv == null ? InputStream.nullInputStream() : csv;
                Writer writer = Files.newBufferedWriter(result, StandardCharsets.UTF_8)) {
            if (dryRun) {
                report = watched(rows, writer, "", CsvOrders.Way.of(true));
            } else {
                report = take(rows, writer, who, "", new BitSet(), new BitSet());
            }
        }
        ApiAnswers.answer(exchange, report.isUnread() ? 400 : 200, "text/csv; charset=utf-8", result.toFile());
    }

    /**
     * What is changed is written down in the transaction that changes it, some hundred rows at a time. What changed nothing, and
     * that an import broke off, is written down after it.
     */
    private CsvOrders.Report take(InputStream csv, Writer result, String who, String name, BitSet done, BitSet rowsOk)
            throws IOException {
        AtomicBoolean changed = new AtomicBoolean();
        String which = name.isEmpty() ? "" : " file=" + name;
        String afterwards = "orders import broke off" + which;
        try {
            Consumer<List<BulkIntake.Outcome>> noted = outcomes -> {
                alongside.accept(outcomes);
                long ok = outcomes.stream().filter(BulkIntake.Outcome::ok).count();
                if (ok > 0) {
                    audit.add(who, imported(which, ok, outcomes.size() - ok));
                    changed.set(true);
                }
            };
            CsvOrders.Report report =
                    watched(csv, result, name, new CsvOrders.Way(false, done, rowsOk, noted, soFar -> {}));
            afterwards = changed.get() ? "" : imported(which, report.ok(), report.failed());
            return report;
        } finally {
            if (!afterwards.isEmpty()) {
                audit.add(who, afterwards);
            }
        }
    }

    /** Others see how far it is meanwhile. */
    private CsvOrders.Report watched(InputStream csv, Writer result, String name, CsvOrders.Way way)
            throws IOException {
        long key = next.incrementAndGet();
        Running run = Running.of(name, clock.instant(), way.dryRun());
        running.put(key, run);
        AtomicLong logged = new AtomicLong();
        try {
            return orders.take(
                    csv,
                    result,
                    new CsvOrders.Way(way.dryRun(), way.doneRows(), way.rowsOk(), way.alongside(), report -> {
                        run.soFar().set(report);
                        long rows = report.ok() + report.failed();
                        if (rows - logged.get() >= LOGGED_ROWS) {
                            logged.set(rows);
                            LOG.info("orders import goes on ok={} failed={}", report.ok(), report.failed());
                        }
                    }));
        } finally {
            running.remove(key);
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
