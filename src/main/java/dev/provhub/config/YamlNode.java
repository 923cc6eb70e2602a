package dev.provhub.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A piece of a YAML file that remembers file and line, so that every complaint can name them. Values are read as the text
 * that stands in the file ({@code 00} stays {@code 00}, {@code yes} stays {@code yes}).
 */
public final class YamlNode {
    private final Path file;
    private final Node node;

    private YamlNode(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    /** @throws IllegalConfigurationException when the file is not there, cannot be read or is not YAML */
    public static YamlNode read(Path file) {
        try {
            return parse(file, TextFiles.text(file));
        } catch (NoSuchFileException e) {
            throw new IllegalConfigurationException(file, 0, "no such file");
        } catch (IOException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param file the name for complaints
     * @throws IllegalConfigurationException when it is not YAML
     */
    public static YamlNode parse(Path file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        try {
            return new YamlNode(
                    file,
                    new Compose(settings)
                            .composeString(text)
                            .orElseThrow(() -> new IllegalConfigurationException(file, 0, "is empty")));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
            throw new IllegalConfigurationException(file, line, column, "is not YAML: " + told(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new IllegalConfigurationException(file, 0, "is not YAML: " + e.getMessage());
        }
    }

    private static String told(String problem) {
        return problem.contains("<block")
                ? problem + "; the line is not indented as those are to which it belongs"
                : problem;
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** Where it begins in the file, from 1. */
    public int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** Where in its line it begins, from 1. */
    public int column() {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }

    /** Whether it is a text, and no map or list. */
    public boolean isScalar() {
        return !isMap() && !isList();
    }

    /** The text at a key; empty when there is none, or a map or a list. */
    public String textOrEmpty(String key) {
        return find(key).filter(YamlNode::isScalar).map(YamlNode::text).orElse("");
    }

    /** A mistake here, to be thrown; the message names the value and what is allowed. */
    public IllegalConfigurationException problem(String message) {
        return new IllegalConfigurationException(file, line(), message);
    }

    /** As {@link #problem}, with the column. */
    IllegalConfigurationException problemHere(String message) {
        return IllegalConfigurationException.at(file, line(), column(), message);
    }

    /** Whether it is a mapping of keys to values. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it says nothing ({@code key:} or {@code ~}). */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** Whether it is a single value written without quotes, which may stand for a number or a truth value. */
    public boolean isPlain() {
        return node instanceof ScalarNode scalar && scalar.isPlain();
    }

    /** The text of a scalar, empty text for null. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem("a single value is expected here, not a " + (isMap() ? "mapping" : "list"));
        }
        return isNull() ? "" : scalar.getValue();
    }

    /** A whole number within bounds, both included. */
    public int number(int from, int to) {
        try {
            int value = Integer.parseInt(text());
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw problem("'" + text() + "' is not a whole number from " + from + " to " + to);
        }
        throw problem(text() + " is not from " + from + " to " + to);
    }

    /** {@code yes}/{@code true} or {@code no}/{@code false}. */
    public boolean flag() {
        return switch (text()) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw problem("'" + text() + "' is neither yes nor no");
        };
    }

    /** One of the constants of an enum, whose names are written in lower case with hyphens. */
    public <E extends Enum<E>> E oneOf(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (wordOf(constant).equals(text())) {
                return constant;
            }
        }
        throw problem("'" + text() + "' is not one of "
                + java.util.Arrays.stream(type.getEnumConstants())
                        .map(YamlNode::wordOf)
                        .collect(Collectors.joining(", ")));
    }

    private static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Items of a list; a single value counts as a list of one, null as none. */
    public List<YamlNode> items() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlNode(file, item))
                    .toList();
        }
        return isNull() ? List.of() : List.of(this);
    }

    /** The texts of {@link #items()}. */
    public List<String> texts() {
        return items().stream().map(YamlNode::text).toList();
    }

    /** Entries of a mapping in the order of the file; null counts as empty. Values know the line of their key. */
    public Map<String, YamlNode> entries() {
        if (isNull()) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw problem("a mapping of keys to values is expected here");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            YamlNode before = entries.put(key.text(), new YamlNode(file, tuple.getValueNode()));
            if (before != null) {
                throw key.problem("'" + key.text() + "' stands twice, first in line " + before.line());
            }
        }
        return entries;
    }

    /** Where the key of an entry stands; empty when there is none, or this is no mapping. */
    public Optional<YamlNode> key(String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(tuple -> new YamlNode(file, tuple.getKeyNode()))
                        .filter(key -> key.isScalar() && key.text().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    /** The value of a key, empty when the key is absent. */
    public Optional<YamlNode> find(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    /** The value of a key, which must be there. */
    public YamlNode get(String key) {
        return find(key).orElseThrow(() -> problem("'" + key + "' is missing"));
    }

    /** The text of a key, empty when the key is absent. */
    public Optional<String> findText(String key) {
        return find(key).map(YamlNode::text);
    }

    /** @throws IllegalConfigurationException naming the first key of this mapping that is not among those allowed */
    public YamlNode allow(Set<String> keys) {
        List<String> allowed = new ArrayList<>(keys);
        allowed.sort(String::compareTo);
        entries().forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw value.problem("'" + key + "' is not known here; allowed: " + String.join(", ", allowed));
            }
        });
        return this;
    }
}
