package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Judges a set of route files without starting anything: schema and conventions file by file, names over the whole set, then all
 * of them together in a context that is thrown away. Remembers what it has found of files and of pieces: of an edited set only what
 * differs is looked at again.
 */
public final class RouteCheck {
    private static final RouteFile NO_FILE = new RouteFile(Path.of(""), "", false);

    private final RouteSchema schema = new RouteSchema();
    private final Supplier<CamelContext> contexts;
    private final Map<String, Object> steps;
    private final List<NeededRoute> needed;
    private final Map<RouteFile, List<RouteProblem>> judged = new HashMap<>();
    private final ParsedFiles parsed = new ParsedFiles();
    private @Nullable TriedSet tried;
    private @Nullable CamelContext known;
    private @Nullable CamelNames names;

    /**
     * Makes a check that does not know the names of steps before it loads files.
     *
     * @param contexts gives a new context with the hub's steps, components and settings, not started
     */
    public RouteCheck(Supplier<CamelContext> contexts) {
        this(contexts, Map.of(), List.of());
    }

    /**
     * Makes a check.
     *
     * @param contexts gives a new context with the hub's steps, components and settings, not started
     * @param steps    what route files may call, by name
     * @param needed   without which a set is refused
     */
    public RouteCheck(Supplier<CamelContext> contexts, Map<String, Object> steps, List<NeededRoute> needed) {
        this.contexts = contexts;
        this.steps = Map.copyOf(steps);
        this.needed = List.copyOf(needed);
    }

    /** As {@link #check(RouteSet)}, of files as they are now. */
    public List<RouteProblem> check(List<Path> files) {
        List<RouteFile> read = new ArrayList<>();
        List<RouteProblem> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                read.addAll(RouteSet.of(List.of(file)).files());
            } catch (IllegalConfigurationException e) {
                problems.add(problem(e, file));
            }
        }
        return problems.isEmpty() ? check(new RouteSet(read)) : problems;
    }

    /** Looks at a set that runs while there is time, so that its first edit is judged as fast as those after it. */
    synchronized void learn(RouteSet set) {
        if (tried == null) {
            check(set);
        }
    }

    /**
     * All that is wrong, sorted by file and line; empty when the set can be run. What may only follow from something else that is
     * wrong is not told.
     */
    public synchronized List<RouteProblem> check(RouteSet set) {
        List<RouteProblem> problems = new ArrayList<>();
        List<NameCheck.Parsed> readable = new ArrayList<>();
        Untold untold = new Untold();
        namesAndForm(set, problems, readable, untold);
        problems.addAll(missing(set, untold));
        problems.addAll(load(set, untold, problems));
        return problems.stream().distinct().sorted().toList();
    }

    private void namesAndForm(
            RouteSet set, List<RouteProblem> problems, List<NameCheck.Parsed> readable, Untold untold) {
        judged.keySet().retainAll(Set.copyOf(set.files()));
        for (RouteFile file : set.files()) {
            List<RouteProblem> found = judgedAlone(file, readable);
            if (!found.isEmpty()) {
                problems.addAll(found);
                untold.add(file);
            }
        }
        Set<String> places = new HashSet<>();
        problems.forEach(problem -> places.add(line(problem)));
        List<String> scripts = set.files().stream()
                .filter(RouteFile::isGroovy)
                .map(RouteFile::step)
                .toList();
        List<RouteProblem> names = NameCheck.check(readable, steps, scripts, untold);
        names.stream().filter(problem -> places.add(line(problem))).forEach(problems::add);
    }

    /** As {@link #check(RouteSet)}, of what can be judged where steps are not known: nothing is loaded. */
    public synchronized List<RouteProblem> checkApart(RouteSet set) {
        List<RouteProblem> problems = new ArrayList<>();
        List<NameCheck.Parsed> readable = new ArrayList<>();
        Untold untold = new Untold();
        namesAndForm(set, problems, readable, untold);
        return problems.stream().distinct().sorted().toList();
    }

    private static String line(RouteProblem problem) {
        return problem.file() + ":" + problem.line();
    }

    /** @param readable to which a file is added that is YAML */
    private List<RouteProblem> judgedAlone(RouteFile file, List<NameCheck.Parsed> readable) {
        if (file.isGroovy()) {
            return judged.computeIfAbsent(file, one -> GroovyStep.check(one, classes()));
        }
        try {
            YamlNode root = parsed.root(file);
            List<RouteProblem> found = judged.computeIfAbsent(file, one -> form(one, root));
            readable.add(new NameCheck.Parsed(file, root));
            return found;
        } catch (IllegalConfigurationException e) {
            return List.of(problem(e, file.file()));
        }
    }

    /** Loads what nothing is wrong with so far, and what does not stand on something that is. */
    private List<RouteProblem> load(RouteSet set, Untold untold, List<RouteProblem> problems) {
        Set<Path> wrong = new HashSet<>();
        problems.forEach(problem -> wrong.add(problem.file()));
        List<RouteFile> good = new ArrayList<>();
        for (RouteFile file : set.files()) {
            if (!wrong.contains(file.file())) {
                good.add(file);
            } else if (!untold.has(file)) {
                untold.add(file);
            }
        }
        if (good.isEmpty()) {
            return List.of();
        }
        List<RoutePart> parts = parts(new RouteSet(good)).stream()
                .filter(part -> !untold.carries(part))
                .toList();
        Trials trials = new Trials(contexts, parsed, parts, problems.isEmpty(), tried);
        tried = trials.tried() == null ? tried : trials.tried();
        return trials.problems();
    }

    /**
     * The pieces of a set.
     *
     * @throws IllegalConfigurationException when a file is no YAML
     */
    synchronized List<RoutePart> parts(RouteSet set) {
        return parsed.parts(set);
    }

    /** What Camel has thrown about a set, with the place in its files. */
    synchronized RouteProblem blame(RouteSet set, Exception cause, String before) {
        return new Blame(parts(set), parsed)
                .of(cause, before, set.files().get(0).file());
    }

    /** The routes that the configuration needs and that the set does not have. */
    List<RouteProblem> missing(RouteSet set) {
        return missing(set, new Untold());
    }

    private List<RouteProblem> missing(RouteSet set, Untold untold) {
        if (needed.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new HashSet<>();
        parts(new RouteSet(
                        set.files().stream().filter(file -> !untold.has(file)).toList()))
                .forEach(part -> ids.addAll(part.routes().keySet()));
        return needed.stream()
                .filter(one -> !ids.contains(one.id()) && !untold.mayGive(one.id(), NO_FILE))
                .map(NeededRoute::missing)
                .toList();
    }

    private List<RouteProblem> form(RouteFile file, YamlNode root) {
        List<RouteProblem> problems = new ArrayList<>();
        Set<Integer> silent = new HashSet<>();
        if (file.isKamelet()) {
            problems.addAll(KameletCheck.check(file, root));
            KameletCheck.template(root).ifPresent(template -> problems.addAll(schema.template(file.file(), template)));
        } else {
            SchemaRemarks remarks = schema.check(file.file(), root);
            problems.addAll(remarks.problems());
            problems.addAll(RouteConventions.check(file, root, remarks.unknown()));
            silent.addAll(remarks.lines());
        }
        problems.forEach(problem -> silent.add(problem.line()));
        try {
            EndpointCheck.check(camelNames(), file, root).stream()
                    .filter(problem -> !silent.contains(problem.line()))
                    .forEach(problems::add);
        } catch (IllegalConfigurationException e) {
            if (problems.isEmpty()) {
                problems.add(problem(e, file.file()));
            }
        }
        return problems;
    }

    private @Nullable ClassLoader classes() {
        return known().getApplicationContextClassLoader();
    }

    /** One that is never started, in which nothing is made. */
    private CamelContext known() {
        CamelContext before = known;
        if (before != null) {
            return before;
        }
        CamelContext one = contexts.get();
        one.build();
        known = one;
        return one;
    }

    private CamelNames camelNames() {
        CamelNames before = names;
        CamelNames all = before == null ? new CamelNames(known()) : before;
        names = all;
        return all;
    }

    private static RouteProblem problem(IllegalConfigurationException e, Path file) {
        return new RouteProblem(file, e.line(), e.column(), e.reason(), "");
    }
}
