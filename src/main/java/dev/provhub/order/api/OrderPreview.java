package dev.provhub.order.api;

import dev.provhub.order.AnyModel;
import dev.provhub.order.LineOrder;
import dev.provhub.order.ModelNames;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows what a mapping makes of orders, without taking them. */
public final class OrderPreview {
    private final OrderMapping mapping;
    private final ModelNames models;
    private final AnyModel anyModel;

    /** Needs what orders are read by. */
    public OrderPreview(OrderMapping mapping, ModelNames models) {
        this.mapping = mapping;
        this.models = models;
        this.anyModel = new AnyModel(models);
    }

    /**
     * What one item becomes.
     *
     * @param item       the row from 1, or the item's id
     * @param externalId the orderer's name of the order; null for none
     * @param action     what is to happen; null when that cannot be told
     * @param fields     by the hub's names, secrets masked; empty when there are problems
     * @param settings   parameters of the phone, those that look secret masked
     * @param wanted     which information the item would be held for; empty for none
     * @param unused     names of the item that nothing takes, as they were written
     * @param problems   one line each; empty when it is good
     */
    public record Shown(
            String item,
            @Nullable String externalId,
            @Nullable OrderAction action,
            Map<String, String> fields,
            Map<String, String> settings,
            Optional<String> wanted,
            List<String> unused,
            List<String> problems) {}

    /** Names that the mapping takes. */
    public List<String> names() {
        return mapping.names();
    }

    /** The items of a message as {@link FedOrders} reads it. */
    public List<Shown> ofMessage(String message) {
        try {
            NewOrder order = new FedOrders(() -> mapping).read(message);
            return order.items().stream()
                    .map(item -> shown(item.id(), order.externalId(), item, anyModel))
                    .toList();
        } catch (FedOrders.Unreadable e) {
            return List.of(failed("1", null, String.valueOf(e.getMessage())));
        }
    }

    /**
     * The rows of a CSV file, one after the other.
     *
     * @throws IOException when the file cannot be read
     */
    public void ofCsv(InputStream csv, Consumer<Shown> shown) throws IOException {
        CsvTable table = CsvTable.open(csv, CsvOrders.LONGEST_FILE);
        if (!table.hasNext()) {
            throw new IOException("the file is empty; a header that names the columns is expected");
        }
        CsvColumns columns;
        try {
            columns = CsvColumns.of(table.next(), mapping);
        } catch (CsvColumns.Unusable e) {
            throw new IOException(e.getMessage(), e);
        }
        for (long row = 1; table.hasNext(); row++) {
            List<String> cells = table.next();
            String externalId = columns.externalId(cells);
            try {
                NewOrder order = columns.order(cells);
                shown.accept(shown(
                        Long.toString(row), order.externalId(), order.items().get(0), models));
            } catch (CsvColumns.Unusable e) {
                shown.accept(failed(
                        Long.toString(row), externalId.isEmpty() ? null : externalId, String.valueOf(e.getMessage())));
            }
        }
    }

    private static Shown failed(String item, @Nullable String externalId, String reason) {
        return new Shown(item, externalId, null, Map.of(), Map.of(), Optional.empty(), List.of(), List.of(reason));
    }

    private Shown shown(String name, @Nullable String externalId, NewOrder.Item item, ModelNames by) {
        List<String> unused = item.named().keySet().stream()
                // Of a message of the site's own, what a path may lead to
                .filter(one -> !mapping.knows(one) && !mapping.knows("@." + one))
                .toList();
        OrderMapping.Reading reading = mapping.read(item.action(), item.named(), by);
        if (reading instanceof OrderMapping.Reading.Bad bad) {
            List<String> problems =
                    bad.problems().stream().map(OrderProblem::message).toList();
            return new Shown(name, externalId, item.action(), Map.of(), Map.of(), Optional.empty(), unused, problems);
        }
        LineOrder line = ((OrderMapping.Reading.Good) reading).order();
        Map<String, String> fields = new LinkedHashMap<>();
        line.shown().forEach((field, value) -> fields.put(field.wireName(), value));
        fields.remove("settings");
        return new Shown(
                name,
                externalId,
                item.action(),
                fields,
                mapping.settingsShown(line),
                anyModel.wanted(line, mapping),
                unused,
                List.of());
    }

    /** Whether a file is CSV by its name; else it is a message. */
    public static boolean isCsv(String fileName) {
        return fileName.toLowerCase(java.util.Locale.ROOT).endsWith(".csv");
    }

    /** UTF-8, without the byte order mark that some editors write. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    }
}
