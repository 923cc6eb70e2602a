package dev.provhub.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code certificates}: the CA files that phones may fetch, by name. */
public final class CertificatesStep {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String OWN = "hub";

    private final byte[] own;
    private final Path folder;

    /**
     * Needs the hub's own CA, and where others lie.
     *
     * @param own    PEM, given as {@code hub}
     * @param folder files {@code <name>.pem}, read when they are asked for
     */
    public CertificatesStep(byte[] own, Path folder) {
        this.own = own.clone();
        this.folder = folder;
    }

    /** From {@code hubFile} to PEM as the body, or to no body. */
    public void read(Exchange exchange) {
        String name =
                HubExchange.required(exchange, HubExchange.FILE, String.class).toLowerCase(Locale.ROOT);
        byte[] pem = pem(name);
        exchange.setProperty(HubExchange.OUTCOME, pem != null ? "answered" : "not found");
        if (pem != null) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-pem-file");
            exchange.getMessage().setBody(pem);
        }
    }

    private byte @Nullable [] pem(String name) {
        if (name.equals(OWN)) {
            return own.clone();
        }
        Path file = folder.resolve(name + ".pem");
        if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
            return null;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
