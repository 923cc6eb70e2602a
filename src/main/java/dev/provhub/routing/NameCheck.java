package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.YamlNode;
import dev.provhub.device.Nearest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds names that nobody bears, over the whole set: steps and their methods, routes behind {@code direct:}, kamelets, route
 * configurations; and routes that bear the same. Says the nearest name that is known.
 */
final class NameCheck {
    /** What the call of a step may say beside what it calls. */
    private static final Set<String> OF_BEANS =
            Set.of("id", "description", "note", "disabled", "method", "scope", "beanType");

    private final Map<String, Object> steps;
    private final Untold untold;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final Set<String> beans = new TreeSet<>();
    private final Set<String> directs = new TreeSet<>();
    private final Set<String> configurations = new TreeSet<>();
    private final Map<String, String> routes = new HashMap<>();
    private final Map<String, String> taken = new HashMap<>();
    private final Map<String, Owner> owners = new HashMap<>();
    private final Kamelets kamelets = new Kamelets();

    private NameCheck(Map<String, Object> steps, Untold untold) {
        this.steps = steps;
        this.untold = untold;
        beans.addAll(steps.keySet());
    }

    /** The route in which an id of a step was seen first, and where. */
    private record Owner(YamlNode route, String place) {}

    /** A file that could be read. */
    record Parsed(RouteFile file, YamlNode root) {}

    /**
     * @param steps   by name; when there are none, beans are not looked at
     * @param scripts names of the site's own steps
     * @param untold  files in which something is wrong already
     */
    static List<RouteProblem> check(
            List<Parsed> files, Map<String, Object> steps, List<String> scripts, Untold untold) {
        NameCheck check = new NameCheck(steps, untold);
        check.beans.addAll(scripts);
        files.forEach(parsed -> check.guarded(parsed, () -> check.collect(parsed.file(), parsed.root())));
        files.forEach(
                parsed -> check.guarded(parsed, () -> new References(check, parsed.file()).walk("", parsed.root())));
        return check.problems;
    }

    /** What is wrong with the form of a file has been told. */
    private void guarded(Parsed parsed, Runnable work) {
        try {
            work.run();
        } catch (IllegalConfigurationException e) {
            if (!untold.has(parsed.file())) {
                problems.add(new RouteProblem(parsed.file().file(), e.line(), e.column(), e.reason(), ""));
            }
        }
    }

    private void collect(RouteFile file, YamlNode root) {
        if (file.isKamelet()) {
            localBeans(root);
            kamelets.add(root);
            return;
        }
        for (YamlNode item : root.items()) {
            item.entries().forEach((kind, body) -> {
                switch (kind) {
                    case "route" -> collectRoute(file, body);
                    case "rest" ->
                        RouteParts.verbs(body).forEach(verb -> verb.find("id").ifPresent(id -> unique(file, id)));
                    case "beans" ->
                        body.items().forEach(bean -> bean.findText("name").ifPresent(beans::add));
                    case "routeConfiguration" -> body.findText("id").ifPresent(configurations::add);
                    case "routeTemplate" -> localBeans(body);
                    default -> {}
                }
            });
        }
    }

    /** Beans of a template are known in it alone, under names that may be put together: they are not looked at closer. */
    private void localBeans(YamlNode template) {
        if (template.isMap()) {
            template.entries().forEach((key, value) -> {
                if (key.equals("beans") && value.isList()) {
                    value.items().forEach(bean -> bean.findText("name").ifPresent(beans::add));
                } else {
                    localBeans(value);
                }
            });
        }
    }

    private void collectRoute(RouteFile file, YamlNode route) {
        route.find("id").ifPresent(id -> unique(file, id));
        route.find("from").filter(YamlNode::isMap).ifPresent(from -> collectFrom(file, route, from));
    }

    private void collectFrom(RouteFile file, YamlNode route, YamlNode from) {
        from.find("steps").ifPresent(all -> stepIds(file, route, all));
        String name = direct(from);
        if (name != null) {
            directs.add(name);
            String other = taken.putIfAbsent(name, place(file, from));
            if (other != null) {
                problems.add(RouteProblem.at(
                        file.file(), from, "direct:" + name + " has a consumer already, in " + other, ""));
            }
        }
    }

    /** Camel takes no step whose id is that of a step of another route, though it may find out late. */
    private void stepIds(RouteFile file, YamlNode route, YamlNode node) {
        if (node.isList()) {
            node.items().forEach(item -> stepIds(file, route, item));
        } else if (node.isMap()) {
            node.entries().forEach((key, value) -> {
                if (key.equals("id") && value.isScalar()) {
                    own(file, route, value);
                } else if (!key.equals("parameters")) {
                    stepIds(file, route, value);
                }
            });
        }
    }

    private void own(RouteFile file, YamlNode route, YamlNode id) {
        Owner other = owners.putIfAbsent(id.text(), new Owner(route, place(file, id)));
        if (other != null && other.route() != route) {
            problems.add(RouteProblem.at(
                    file.file(),
                    id,
                    "the id '" + id.text() + "' is that of a step of another route, in " + other.place()
                            + "; a copy of a route needs ids of its own",
                    ""));
        }
    }

    private void unique(RouteFile file, YamlNode id) {
        String other = routes.putIfAbsent(id.text(), place(file, id));
        if (other != null) {
            problems.add(RouteProblem.at(
                    file.file(), id, "the id '" + id.text() + "' is that of another route, in " + other, ""));
        }
    }

    private static String place(RouteFile file, YamlNode node) {
        return file.name() + " line " + node.line();
    }

    /** The name behind {@code direct}, in either form of an endpoint; null for another endpoint. */
    private static @Nullable String direct(YamlNode endpoint) {
        String uri = endpoint.textOrEmpty("uri");
        if (uri.startsWith("direct:")) {
            String name = uri.substring("direct:".length());
            return name.contains("?") ? name.substring(0, name.indexOf('?')) : name;
        }
        if (!uri.equals("direct")) {
            return null;
        }
        return endpoint.find("parameters")
                .filter(YamlNode::isMap)
                .map(parameters -> parameters.textOrEmpty("name"))
                .orElse("");
    }

    private static boolean isPutTogether(String name) {
        return name.isEmpty() || name.contains("{{") || name.contains("${");
    }

    /** Looks at what one file refers to. */
    private record References(NameCheck names, RouteFile file) {
        void walk(String parent, YamlNode node) {
            if (node.isList()) {
                node.items().forEach(item -> walk(parent, item));
            } else if (node.isMap()) {
                node.entries().forEach((key, value) -> entry(parent, key, value));
                endpoint(parent, node);
            }
        }

        private void entry(String parent, String key, YamlNode value) {
            if (value.isMap() || value.isList()) {
                if (value.isMap() && (key.equals("bean") || key.equals("process"))) {
                    step(value);
                }
                walk(key, value);
                return;
            }
            String text = value.text();
            if (key.equals("to") && text.startsWith("direct:")) {
                called(value, text.substring("direct:".length()));
            } else if (key.equals("routeConfigurationId")) {
                configuration(value);
            } else if (key.equals("routePolicy")) {
                for (String name : text.split(",", -1)) {
                    bean(value, name.strip());
                }
            } else if (parent.equals("parameters") || key.equals("executorService") || parent.equals("properties")) {
                reference(value);
            }
        }

        private void configuration(YamlNode value) {
            for (String name : value.text().split(",", -1)) {
                String id = name.strip();
                if (!isPutTogether(id) && !id.contains("*") && !names.configurations.contains(id) && !mayBe(id)) {
                    problem(value, "there is no routeConfiguration '" + id + "'", Nearest.of(id, names.configurations));
                }
            }
        }

        /** {@code "#name"}, or several after commas. */
        private void reference(YamlNode value) {
            for (String part : value.text().split(",", -1)) {
                if (part.strip().matches("#[A-Za-z][\\w-]*")) {
                    bean(value, part.strip().substring(1));
                }
            }
        }

        private void endpoint(String parent, YamlNode node) {
            if (node.find("uri").isEmpty()) {
                return;
            }
            if (!mayBe(Kamelets.named(node.textOrEmpty("uri")))) {
                names.kamelets.check(node, this::problem);
            }
            if (parent.equals("from")) {
                return;
            }
            String name = direct(node);
            if (name != null) {
                called(
                        node.find("parameters")
                                .filter(YamlNode::isMap)
                                .flatMap(all -> all.find("name"))
                                .orElse(node),
                        name);
            }
        }

        private void called(YamlNode place, String name) {
            if (!isPutTogether(name) && !names.directs.contains(name) && !mayBe(name)) {
                problem(place, "nothing consumes direct:" + name, Nearest.of(name, names.directs));
            }
        }

        private void step(YamlNode bean) {
            YamlNode ref = bean.find("ref").filter(YamlNode::isScalar).orElse(null);
            if (ref == null
                    && OF_BEANS.containsAll(bean.entries().keySet())
                    && bean.find("beanType").isEmpty()) {
                callsNothing(bean);
            }
            if (ref == null || !bean(ref, ref.text())) {
                return;
            }
            Object step = names.steps.get(ref.text());
            YamlNode method = bean.find("method").orElse(null);
            if (step == null || method == null || isPutTogether(method.text())) {
                return;
            }
            String name = method.text().contains("(")
                    ? method.text().substring(0, method.text().indexOf('('))
                    : method.text();
            Set<String> known = methods(step);
            if (!known.contains(name)) {
                problem(method, "step '" + ref.text() + "' has no method '" + name + "'", Nearest.of(name, known));
            }
        }

        private void callsNothing(YamlNode bean) {
            String id = bean.textOrEmpty("id");
            String method = bean.textOrEmpty("method");
            Set<String> able = names.steps.entrySet().stream()
                    .filter(step -> methods(step.getValue()).contains(method))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            problem(
                    bean,
                    (id.isEmpty() ? "a step" : "step '" + id + "'")
                            + " calls nothing; write 'ref:' with the name of a step",
                    able.size() == 1 ? able.iterator().next() : Nearest.of(id, able.isEmpty() ? names.beans : able));
        }

        private static Set<String> methods(Object step) {
            return Arrays.stream(step.getClass().getMethods())
                    .filter(one -> one.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether a bean is known, or cannot be told. */
        private boolean bean(YamlNode place, String name) {
            String plain = name.startsWith("#") ? name.substring(1) : name;
            if (isPutTogether(plain)
                    || plain.contains(":")
                    || names.steps.isEmpty()
                    || names.beans.contains(plain)
                    || mayBe(plain)) {
                return true;
            }
            String near = Nearest.of(plain, names.beans);
            problem(place, "there is no step or bean '" + plain + "'" + (near.isEmpty() ? noFile(plain) : ""), near);
            return false;
        }

        /** Whether a file in which something is wrong may have it. */
        private boolean mayBe(String name) {
            return names.untold.mayGive(name, file);
        }

        /** A script that has not been saved yet is the likeliest reason. */
        private static String noFile(String name) {
            return name.matches(GroovyStep.NAMES) ? ", and no file ext/" + name + ".groovy" : "";
        }

        private void problem(YamlNode place, String message, String suggestion) {
            names.problems.add(RouteProblem.at(file.file(), place, message, suggestion));
        }
    }
}
