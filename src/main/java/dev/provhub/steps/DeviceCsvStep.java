package dev.provhub.steps;

import dev.provhub.device.DeviceModels;
import dev.provhub.device.PlaceNames;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.profile.ProfileComposer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code deviceCsv}: devices out to and in from spreadsheets. */
public final class DeviceCsvStep {
    private static final String CSV = "text/csv; charset=utf-8";

    private final DeviceStores stores;
    private final FilterParser filters;
    private final DeviceModels models;
    private final DeviceEdits edits;
    private final DeviceCsv csv;

    /**
     * Needs the devices and their models.
     *
     * @param composer judges values of a device's own
     * @param places   which tenants and plans there are
     * @param seeds    gives a new random seed for each device
     */
    public DeviceCsvStep(
            DeviceStores stores,
            FilterParser filters,
            DeviceModels models,
            ProfileComposer composer,
            PlaceNames places,
            Supplier<String> seeds) {
        this.stores = stores;
        this.filters = filters;
        this.models = models;
        this.edits = new DeviceEdits(models, composer, places, seeds);
        this.csv = new DeviceCsv(stores.search(), composer::isSecretSetting);
    }

    /** The devices that {@code filter} means (all when it is not sent), row by row as they are read. */
    public void export(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            String text = ApiQuery.text(exchange, "filter");
            DeviceFilter filter = text.isEmpty() ? DeviceFilter.EVERY : filters.parse(text);
            ApiAnswers.answer(exchange, 200, CSV, csv.rows(filter));
            exchange.getMessage().setHeader("Content-Disposition", "attachment; filename=\"devices.csv\"");
        });
    }

    /**
     * Makes and changes devices by the rows of the body, and answers what became of each; {@code dryRun=true} changes nothing. The
     * result waits in a file, so that an import may be as large as it likes.
     */
    public void take(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            boolean dryRun = ApiQuery.flag(exchange, "dryRun");
            try {
                taken(exchange, dryRun);
            } catch (IOException e) {
                throw new UncheckedIOException("a request was cut off", e);
            }
        });
    }

    private void taken(Exchange exchange, boolean dryRun) throws IOException {
        String who = HubExchange.caller(exchange);
        Path result = Files.createTempFile("devices", ".result.csv");
        exchange.getExchangeExtension().addOnCompletion(new ImportsStep.DeleteAfterwards(result));
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        try (InputStream rows = body == null ? InputStream.nullInputStream() : body;
                Writer writer = Files.newBufferedWriter(result, StandardCharsets.UTF_8)) {
            DeviceImport run = new DeviceImport(stores, models, edits, dryRun, writer);
            String how = "broke off ";
            try {
                run.take(rows);
                how = "";
            } finally {
                if (!dryRun) {
                    stores.audit().add(who, "devices imported " + how + run.summary());
                }
            }
        }
        ApiAnswers.answer(exchange, 200, CSV, result.toFile());
    }
}
