package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** Step {@code backup}: everything that another machine needs to be this hub, sealed under the master key. */
public final class BackupStep {
    private final Writer writer;
    private final Path folder;
    private final AuditLog audit;

    /**
     * Needs who writes it.
     *
     * @param folder where it waits until it has been sent
     */
    public BackupStep(Writer writer, Path folder, AuditLog audit) {
        this.writer = writer;
        this.folder = folder;
        this.audit = audit;
    }

    /** Writes a backup and closes the stream. */
    @FunctionalInterface
    public interface Writer {
        /** @throws IOException when it cannot be written to its end */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Answers with the sealed part of a backup file.
     *
     * @throws IOException when the data folder cannot hold it
     */
    public void write(Exchange exchange) throws IOException {
        Path file = Files.createTempFile(folder, "backup", ".part");
        exchange.getExchangeExtension().addOnCompletion(new ImportsStep.DeleteAfterwards(file));
        // Before it is written, so that it stands in it
        audit.add(HubExchange.caller(exchange), "backup taken");
        writer.write(Files.newOutputStream(file));
        ApiAnswers.answer(exchange, 200, "application/octet-stream", file.toFile());
    }
}
