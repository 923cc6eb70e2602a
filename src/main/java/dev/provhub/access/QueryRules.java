package dev.provhub.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which query parameters the paths of the administration interface have ({@code openapi/operations.json}). A misspelt one would be
 * passed over, and the answer be one to another question. Paths of a site's own, and those of a standard, take what they like.
 */
public final class QueryRules {
    private static final String KNOWN = "/openapi/operations.json";
    private static final String SHOWN = "[A-Za-z0-9_.-]{1,40}";

    private final List<Rule> rules = new ArrayList<>();

    private record Rule(PathPattern path, Set<String> names) {}

    /** Reads what there is. */
    public QueryRules() {
        try (InputStream in = Objects.requireNonNull(QueryRules.class.getResourceAsStream(KNOWN), KNOWN)) {
            new ObjectMapper()
                    .readTree(in)
                    .path("operations")
                    .properties()
                    .forEach(operation -> add(operation.getKey(), operation.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(KNOWN, e);
        }
    }

    /** @param operation as {@code GET /api/v1/devices} */
    private void add(String operation, JsonNode described) {
        int blank = operation.indexOf(' ');
        String path = operation.substring(blank + 1);
        if (path.startsWith("/api/")) {
            Set<String> names = new TreeSet<>();
            described.path("query").fieldNames().forEachRemaining(names::add);
            rules.add(new Rule(PathPattern.of(operation.substring(0, blank), path), names));
        }
    }

    /**
     * What is wrong with a query, in plain words without quotes; empty when nothing is.
     *
     * @param method of HTTP
     * @param path   decoded, from the first slash
     * @param query  as it was sent, without the question mark
     */
    public Optional<String> complaint(String method, String path, String query) {
        return PathPattern.closest(rules, Rule::path, method, path)
                .flatMap(rule -> List.of(query.split("&", -1)).stream()
                        .map(pair -> pair.replaceFirst("(?s)=.*", ""))
                        .filter(name -> !name.isEmpty() && !rule.names().contains(name))
                        .findFirst()
                        .map(name -> complaint(name, rule.names())));
    }

    /** Names of the query parameters of a path, none when it is not known. */
    public Set<String> names(String method, String path) {
        return PathPattern.closest(rules, Rule::path, method, path)
                .map(Rule::names)
                .orElse(Set.of());
    }

    private static String complaint(String name, Set<String> allowed) {
        return "query parameter " + (name.matches(SHOWN) ? name + " " : "") + "is not allowed; allowed: "
                + (allowed.isEmpty() ? "none" : String.join(", ", allowed));
    }
}
