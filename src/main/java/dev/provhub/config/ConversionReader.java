package dev.provhub.config;

import dev.provhub.order.Conversion;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads what stands under {@code convert} in {@code order-mapping.yaml}, and the tables that it names. */
final class ConversionReader {
    private static final String ALLOWED =
            "lower, upper, digits, e164, prefix, suffix, replace, map or lookup; see docs/how-to/map-a-sites-own-names.md";

    private final @Nullable Path folder;

    /** @param folder from which the names of tables count */
    ConversionReader(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What {@code convert} of a field says, first to last; empty when there is none. */
    List<Conversion> read(YamlNode field) {
        Optional<YamlNode> convert = field.find("convert");
        if (convert.isEmpty()) {
            return List.of();
        }
        List<YamlNode> steps = convert.get().isList() ? convert.get().items() : List.of(convert.get());
        return steps.stream().map(this::step).toList();
    }

    private Conversion step(YamlNode node) {
        if (!node.isMap()) {
            return switch (node.text()) {
                case "lower" -> Conversion.lower();
                case "upper" -> Conversion.upper();
                case "digits" -> Conversion.digits();
                default -> throw node.problem("'" + node.text() + "' is no conversion; allowed: " + ALLOWED);
            };
        }
        Map<String, YamlNode> entries = node.entries();
        if (entries.size() != 1) {
            throw node.problem("one conversion stands here; allowed: " + ALLOWED);
        }
        Map.Entry<String, YamlNode> step = entries.entrySet().iterator().next();
        YamlNode value = step.getValue();
        return switch (step.getKey()) {
            case "e164" -> e164(value);
            case "prefix" -> Conversion.prefix(value.text());
            case "suffix" -> Conversion.suffix(value.text());
            case "replace" -> replace(value);
            case "map" -> map(value);
            case "lookup" -> lookup(value);
            default -> throw node.problem("'" + step.getKey() + "' is no conversion; allowed: " + ALLOWED);
        };
    }

    private static Conversion e164(YamlNode node) {
        node.allow(Set.of("country", "national", "international", "area"));
        String country = digits(node, "country", "");
        if (country.isEmpty()) {
            throw node.problem("e164 needs the country code of numbers that have none, such as country: 49");
        }
        return Conversion.e164(
                country, digits(node, "national", "0"), digits(node, "international", "00"), digits(node, "area", ""));
    }

    private static String digits(YamlNode node, String name, String otherwise) {
        String text = node.findText(name).orElse(otherwise);
        if (!text.matches("[0-9]{0,6}")) {
            throw node.get(name).problem(name + " '" + text + "' is not allowed: up to 6 digits");
        }
        return text;
    }

    private static Conversion replace(YamlNode node) {
        node.allow(Set.of("pattern", "with"));
        try {
            return Conversion.replace(
                    Pattern.compile(node.get("pattern").text()),
                    node.get("with").text());
        } catch (PatternSyntaxException e) {
            throw node.get("pattern").problem("is no regular expression: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw node.get("with").problem(String.valueOf(e.getMessage()));
        }
    }

    private static Conversion map(YamlNode node) {
        Map<String, String> table = new LinkedHashMap<>();
        node.entries().forEach((word, value) -> table.put(word, value.isNull() ? "" : value.text()));
        String other = table.remove("*");
        if (other != null && !other.equals("keep") && !other.equals("refuse")) {
            throw node.get("*").problem("'*' says what becomes of other words: keep or refuse");
        }
        return Conversion.table(table, "keep".equals(other), String.join(", ", table.keySet()));
    }

    private Conversion lookup(YamlNode node) {
        node.allow(Set.of("table", "key", "value", "otherwise"));
        String name = node.get("table").text();
        String other = node.findText("otherwise").orElse("refuse");
        if (!other.equals("keep") && !other.equals("refuse")) {
            throw node.get("otherwise").problem("otherwise says what becomes of other words: keep or refuse");
        }
        Path file = folder == null ? Path.of(name) : folder.resolve(name);
        Map<String, String> table =
                table(file, node.get("key").text(), node.get("value").text(), node);
        return Conversion.table(
                table,
                other.equals("keep"),
                "a word of the column " + node.get("key").text() + " of " + name);
    }

    private static Map<String, String> table(Path file, String key, String value, YamlNode node) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .setIgnoreEmptyLines(true)
                .get();
        if (!Files.isRegularFile(file)) {
            throw node.get("table").problem("there is no file " + file);
        }
        Map<String, String> table = new LinkedHashMap<>();
        try (Reader text = Files.newBufferedReader(file);
                CSVParser rows =
                        CSVParser.builder().setReader(text).setFormat(format).get()) {
            for (String column : List.of(key, value)) {
                if (!rows.getHeaderNames().contains(column)) {
                    throw node.problem(file + " has no column " + column + "; it has " + rows.getHeaderNames());
                }
            }
            for (CSVRecord row : rows) {
                int line = (int) rows.getCurrentLineNumber();
                if (!row.isConsistent()) {
                    throw new IllegalConfigurationException(
                            file,
                            line,
                            row.size() + " cells; the header has "
                                    + rows.getHeaderNames().size());
                }
                if (table.put(row.get(key).strip(), row.get(value).strip()) != null) {
                    throw new IllegalConfigurationException(file, line, "'" + row.get(key) + "' is there twice");
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        }
        return table;
    }
}
