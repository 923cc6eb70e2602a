package dev.provhub.command;

import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A test of routes, as a file says it: what is done one after another, and what is expected of each.
 *
 * @param name  what it shows
 * @param file  in which it stands
 * @param line  where it begins
 * @param steps what is done
 */
record RouteTest(String name, Path file, int line, List<Step> steps) {
    /** How the file of a test ends. */
    static final String ENDING = ".test.yaml";

    static final Set<String> ACTIONS = Set.of("ask", "order", "csv", "device", "api", "phone");
    static final Set<String> EXPECTED =
            Set.of("status", "contains", "lacks", "headers", "properties", "steps", "parameters");

    RouteTest {
        steps = List.copyOf(steps);
    }

    /**
     * Something that is done.
     *
     * @param action {@code ask}, {@code order}, {@code csv}, {@code device}, {@code api} or {@code phone}
     * @param body   what stands below that
     * @param expect what is expected
     */
    record Step(String action, YamlNode body, Expected expect) {}

    /**
     * What is expected of an answer; what is not named is not looked at.
     *
     * @param status     of HTTP; 404 for "not found" over TFTP; 0 when it does not matter
     * @param contains   texts in the body
     * @param lacks      texts that are not in the body
     * @param headers    by name
     * @param properties of the exchange at its end, by name
     * @param steps      ids of steps that ran, in this order, with others between them
     * @param parameters of the phone after it has taken its profile, by name
     */
    record Expected(
            int status,
            List<String> contains,
            List<String> lacks,
            Map<String, String> headers,
            Map<String, String> properties,
            List<String> steps,
            Map<String, String> parameters) {
        Expected {
            contains = List.copyOf(contains);
            lacks = List.copyOf(lacks);
            headers = Map.copyOf(headers);
            properties = Map.copyOf(properties);
            steps = List.copyOf(steps);
            parameters = Map.copyOf(parameters);
        }
    }

    /** Every test of a file. */
    static List<RouteTest> read(Path file) {
        List<RouteTest> tests = new ArrayList<>();
        for (YamlNode one : YamlNode.read(file).items()) {
            one.allow(Set.of("test", "steps"));
            List<Step> steps = new ArrayList<>();
            for (YamlNode step : one.get("steps").items()) {
                steps.add(step(step));
            }
            tests.add(new RouteTest(one.get("test").text(), file, one.line(), steps));
        }
        return tests;
    }

    private static Step step(YamlNode node) {
        List<String> actions =
                node.entries().keySet().stream().filter(ACTIONS::contains).toList();
        if (actions.size() != 1) {
            throw node.problem("each step has one of ask, order, csv, device, api, phone, and expect");
        }
        String action = actions.get(0);
        node.allow(Set.of(action, "expect"));
        Step step = new Step(action, node.get(action), expected(node.find("expect")));
        if (!step.expect().parameters().isEmpty() && !action.equals("phone")) {
            throw node.problem("only a phone has parameters; write 'phone:'");
        }
        return step;
    }

    private static Expected expected(Optional<YamlNode> node) {
        if (node.isEmpty()) {
            return new Expected(0, List.of(), List.of(), Map.of(), Map.of(), List.of(), Map.of());
        }
        YamlNode expect = node.get().allow(EXPECTED);
        return new Expected(
                expect.find("status").map(status -> status.number(100, 599)).orElse(0),
                texts(expect, "contains"),
                texts(expect, "lacks"),
                map(expect, "headers"),
                map(expect, "properties"),
                texts(expect, "steps"),
                map(expect, "parameters"));
    }

    private static List<String> texts(YamlNode node, String key) {
        return node.find(key).map(YamlNode::texts).orElse(List.of());
    }

    static Map<String, String> map(YamlNode node, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        node.find(key).ifPresent(values -> values.entries().forEach((name, value) -> map.put(name, value.text())));
        return map;
    }
}
