package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * Judges a set of route files without starting anything: schema and conventions file by file, then all of them together in
 * a context that is thrown away.
 */
public final class RouteCheck {
    private final RouteSchema schema = new RouteSchema();
    private final Supplier<CamelContext> contexts;

    /**
     * Makes a check.
     *
     * @param contexts gives a new context with the hub's steps, components and settings, not started
     */
    public RouteCheck(Supplier<CamelContext> contexts) {
        this.contexts = contexts;
    }

    /** All that is wrong, sorted by file and line; empty when the set can be run. */
    public List<RouteProblem> check(List<Path> files) {
        List<RouteProblem> problems = new ArrayList<>();
        for (Path file : files) {
            problems.addAll(checkText(file));
        }
        if (problems.isEmpty()) {
            problems.addAll(new TrialLoad(contexts).load(files));
        }
        return problems.stream().sorted().toList();
    }

    private List<RouteProblem> checkText(Path file) {
        try {
            YamlNode root = YamlNode.read(file);
            List<RouteProblem> problems = new ArrayList<>(schema.check(file, root));
            problems.addAll(RouteConventions.check(file, root));
            return problems;
        } catch (IllegalConfigurationException e) {
            return List.of(new RouteProblem(file, e.line(), e.reason()));
        }
    }
}
