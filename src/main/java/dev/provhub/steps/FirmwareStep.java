package dev.provhub.steps;

import dev.provhub.firmware.FirmwareCatalog;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Step {@code firmware}: images of the catalog and their parts, by name. What is not in the catalog is not there. */
public final class FirmwareStep {
    private final FirmwareCatalog catalog;

    /** Needs the catalog. */
    public FirmwareStep(FirmwareCatalog catalog) {
        this.catalog = catalog;
    }

    /** From {@code hubFile} to a file as the body, or to no body. */
    public void find(Exchange exchange) {
        String name = HubExchange.required(exchange, HubExchange.FILE, String.class);
        Optional<Path> image = catalog.file(name);
        exchange.setProperty(HubExchange.OUTCOME, image.isPresent() ? "answered" : "not found");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, image.isPresent() ? "application/octet-stream" : null);
        exchange.getMessage().setBody(image.map(Path::toFile).orElse(null));
    }
}
