package dev.provhub.config;

import dev.provhub.profile.Parameter;
import dev.provhub.profile.ParameterDictionary;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the tables in {@code config/parameters}. */
public final class ParameterDictionaryReader {
    private static final List<String> COLUMNS =
            List.of("name", "type", "allowed", "default", "models", "secret", "section", "note");

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Set<String> all;
    private final Set<String> groups;

    private ParameterDictionaryReader(Set<String> all, Set<String> groups) {
        this.all = all;
        this.groups = groups;
    }

    /**
     * Reads every {@code *.csv} of a folder.
     *
     * @param all    the parameter groups that "all" stands for
     * @param others those that there are beside them
     * @throws IllegalConfigurationException when something is wrong, with file and line
     */
    public static ParameterDictionary read(Path folder, Set<String> all, Set<String> others) {
        Set<String> groups = new HashSet<>(all);
        groups.addAll(others);
        ParameterDictionaryReader reader = new ParameterDictionaryReader(Set.copyOf(all), Set.copyOf(groups));
        List<Parameter> parameters = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .forEach(file -> parameters.addAll(reader.readFile(file)));
        } catch (IOException e) {
            throw new IllegalConfigurationException(folder, 0, "cannot be read: " + e.getMessage());
        }
        try {
            return new ParameterDictionary(parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException(folder, 0, String.valueOf(e.getMessage()));
        }
    }

    private List<Parameter> readFile(Path file) {
        List<Parameter> parameters = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file);
                CSVParser rows = CSVParser.parse(text, FORMAT)) {
            if (!rows.getHeaderNames().equals(COLUMNS)) {
                throw new IllegalConfigurationException(file, 1, "the columns are " + String.join(",", COLUMNS));
            }
            for (CSVRecord row : rows) {
                parameters.add(parameter(row, file, (int) rows.getCurrentLineNumber()));
            }
        } catch (IOException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        }
        return parameters;
    }

    private Parameter parameter(CSVRecord row, Path file, int line) {
        try {
            if (!row.isConsistent()) {
                throw new IllegalArgumentException("the row has " + row.size() + " cells, not " + COLUMNS.size());
            }
            return new Parameter(
                    row.get("name"),
                    row.get("type"),
                    row.get("allowed"),
                    defaults(row.get("default")),
                    groupsOf(row.get("models"), "\\|"),
                    row.get("secret").equals("yes"));
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException(file, line, row.get(0) + ": " + e.getMessage());
        }
    }

    private Set<String> groupsOf(String text, String separator) {
        if (text.equals("all")) {
            return all;
        }
        Set<String> named = Set.of(text.split(separator));
        for (String group : named) {
            if (!groups.contains(group)) {
                throw new IllegalArgumentException("there is no parameter group '" + group + "'");
            }
        }
        return named;
    }

    /** One text for all, or {@code A+B=text ;; C=text}. */
    private Map<String, String> defaults(String text) {
        String group = String.join("|", groups.stream().map(Pattern::quote).toList());
        Pattern perGroup = Pattern.compile("((?:" + group + ")(?:\\+(?:" + group + "))*)=(.*)");
        Map<String, String> defaults = new HashMap<>();
        for (String part : text.split(" ;; ", -1)) {
            Matcher matcher = perGroup.matcher(part);
            if (matcher.matches()) {
                groupsOf(matcher.group(1), "\\+").forEach(name -> defaults.put(name, matcher.group(2)));
            } else if (!part.isEmpty()) {
                defaults.put("", part);
            }
        }
        return defaults;
    }
}
