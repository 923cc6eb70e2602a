package dev.provhub.steps;

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
import org.apache.camel.Exchange;

/** Step {@code imports}: CSV orders, from a file or a request. */
public final class ImportsStep {
    private final CsvOrders orders;

    /** Needs the reader of CSV orders. */
    public ImportsStep(CsvOrders orders) {
        this.orders = orders;
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
            orders.take(csv, result, false);
        }
        Files.move(
                part,
                file.resolveSibling(name + ".result.csv"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Takes the rows in the body of a request and answers with the result; {@code ?dryRun=true} changes nothing. The result
     * waits in a file, so that an import may be as large as it likes.
     *
     * @throws IOException when the request cannot be read to its end
     */
    public void importBody(Exchange exchange) throws IOException {
        boolean dryRun = "true".equals(exchange.getMessage().getHeader("dryRun", "", String.class));
        Path result = Files.createTempFile("import", ".result.csv");
        exchange.getExchangeExtension().addOnCompletion(new DeleteAfterwards(result));
        InputStream csv = exchange.getMessage().getBody(InputStream.class);
        try (InputStream rows = csv == null ? InputStream.nullInputStream() : csv;
                Writer writer = Files.newBufferedWriter(result, StandardCharsets.UTF_8)) {
            orders.take(rows, writer, dryRun);
        }
        ApiAnswers.answer(exchange, 200, "text/csv; charset=utf-8", result.toFile());
    }

    private static final class DeleteAfterwards extends org.apache.camel.support.SynchronizationAdapter {
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
                        .warn("Result of an import is left file={}", file, e);
            }
        }
    }
}
