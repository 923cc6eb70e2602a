package dev.provhub.order.api;

import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the columns of one file mean, told by its header and the mapping. */
final class CsvColumns {
    private static final char NOT_UTF_8 = '\uFFFD';

    private final OrderMapping mapping;
    private final List<String> names;

    private CsvColumns(OrderMapping mapping, List<String> names) {
        this.mapping = mapping;
        this.names = names;
    }

    /** A header or a row that cannot be used; the message is for the orderer. */
    static final class Unusable extends Exception {
        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }

    static CsvColumns of(List<String> header, OrderMapping mapping) throws Unusable {
        if (header.stream().anyMatch(name -> name.indexOf(NOT_UTF_8) >= 0 || name.indexOf('\0') >= 0)) {
            throw new Unusable("the file is not UTF-8; save it as CSV in UTF-8");
        }
        Set<OrderField> fields = EnumSet.noneOf(OrderField.class);
        List<String> unknown = new ArrayList<>();
        for (String name : header) {
            Optional<OrderField> field = mapping.field(name);
            if (field.isEmpty()) {
                if (!mapping.knows(name)) {
                    unknown.add(name);
                }
            } else if (!fields.add(field.get())) {
                throw new Unusable("two columns of the header mean " + mapping.nameOf(field.get()));
            }
        }
        String known = String.join(", ", mapping.names());
        if (!fields.contains(OrderField.MAC_ADDRESS)) {
            throw new Unusable("the header names no column " + mapping.nameOf(OrderField.MAC_ADDRESS)
                    + "; columns are separated by comma, semicolon or tab, known names: " + known);
        }
        if (!unknown.isEmpty() && !mapping.unknownNamesAllowed()) {
            throw new Unusable("the header names unknown columns " + unknown + "; known names: " + known);
        }
        return new CsvColumns(mapping, header);
    }

    /** The row's own name for itself, empty when it has none; also of a row that is unusable. */
    String externalId(List<String> cells) {
        return cell(cells, OrderField.EXTERNAL_ID).orElse("");
    }

    NewOrder order(List<String> cells) throws Unusable {
        if (cells.size() > names.size()) {
            throw new Unusable(cells.size() + " cells, but the header names " + names.size()
                    + " columns; quote a cell that holds the delimiter");
        }
        if (cells.stream().anyMatch(cell -> cell.indexOf(NOT_UTF_8) >= 0)) {
            throw new Unusable("is not UTF-8");
        }
        String word = cell(cells, OrderField.ACTION)
                .or(() -> mapping.defaultOf(OrderField.ACTION))
                .orElse(OrderAction.ADD.wireName());
        OrderAction action = mapping.converted(OrderField.ACTION, word)
                .flatMap(OrderAction::find)
                .orElseThrow(() -> new Unusable(mapping.nameOf(OrderField.ACTION) + " '" + word
                        + "' is not allowed: add, modify, delete or noChange" + tooFew(cells)));
        String externalId = externalId(cells);
        return NewOrder.ofRow(externalId.isEmpty() ? null : externalId, action, named(cells));
    }

    /** Where cells are missing in front, those that are there stand in columns of others. */
    private String tooFew(List<String> cells) {
        return cells.size() == names.size()
                ? ""
                : "; the row has " + cells.size() + " cells, the header names " + names.size() + " columns";
    }

    private Map<String, String> named(List<String> cells) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int column = 0; column < cells.size(); column++) {
            String name = names.get(column);
            boolean ofLine = mapping.field(name).map(OrderField::ofLine).orElse(mapping.knows(name));
            if (ofLine && !cells.get(column).isEmpty()) {
                named.put(names.get(column), cells.get(column));
            }
        }
        return named;
    }

    private Optional<String> cell(List<String> cells, OrderField wanted) {
        for (int column = 0; column < Math.min(cells.size(), names.size()); column++) {
            if (mapping.field(names.get(column))
                    .filter(field -> field == wanted)
                    .isPresent()) {
                return Optional.of(cells.get(column)).filter(cell -> !cell.isEmpty());
            }
        }
        return Optional.empty();
    }
}
