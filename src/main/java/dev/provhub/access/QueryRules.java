package dev.provhub.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which query parameters the paths of the administration interface have ({@code openapi/operations.json}). A misspelt one would be
 * passed over, and the answer be one to another question; one that is true or false must be just that and said once, or a dry run would
 * be one in earnest. Paths of a site's own take what they like; those of a standard tell about the parameters of GET themselves.
 */
public final class QueryRules {
    private static final String KNOWN = "/openapi/operations.json";
    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final String SHOWN = "[A-Za-z0-9_.-]{1,40}";

    private final List<Rule> rules = new ArrayList<>();

    /** @param types by name, in the words of OpenAPI; empty for what is described more closely */
    private record Rule(PathPattern path, Map<String, String> types) {
        Set<String> names() {
            return types.keySet();
        }
    }

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
        String method = operation.substring(0, blank);
        String path = operation.substring(blank + 1);
        if (path.startsWith("/api/") || !method.equals("GET")) {
            Map<String, String> types = new TreeMap<>();
            described
                    .path("query")
                    .properties()
                    .forEach(parameter ->
                            types.put(parameter.getKey(), parameter.getValue().asText()));
            rules.add(new Rule(PathPattern.of(method, path), types));
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
        return PathPattern.closest(rules, Rule::path, method, path).flatMap(rule -> {
            Set<String> said = new HashSet<>();
            return List.of(query.split("&", -1)).stream()
                    .flatMap(pair -> complaint(pair, rule, said).stream())
                    .findFirst();
        });
    }

    private static Optional<String> complaint(String pair, Rule rule, Set<String> said) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String type = rule.types().get(name);
        if (type == null) {
            return Optional.of(
                    "query parameter " + (name.matches(SHOWN) ? name + " " : "") + "is not allowed; allowed: "
                            + (rule.types().isEmpty() ? "none" : String.join(", ", rule.names())));
        }
        if (!said.add(name)) {
            return Optional.of("query parameter " + name + " is given twice; allowed: once");
        }
        boolean isWrong = type.equals("boolean") && !TRUTHS.contains(equals < 0 ? "" : pair.substring(equals + 1));
        return isWrong ? Optional.of("query parameter " + name + " is true or false") : Optional.empty();
    }

    /** Names of the query parameters of a path, none when it is not known. */
    public Set<String> names(String method, String path) {
        return PathPattern.closest(rules, Rule::path, method, path)
                .map(Rule::names)
                .orElse(Set.of());
    }
}
