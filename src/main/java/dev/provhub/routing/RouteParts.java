package dev.provhub.routing;

import dev.provhub.config.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes route files apart into the pieces that are loaded for themselves. */
final class RouteParts {
    private static final List<String> VERBS = List.of("get", "post", "put", "patch", "delete", "head");

    /** The kind of a piece that is a step of the site's own. */
    static final String GROOVY = "groovy";

    private RouteParts() {}

    /** A step of the site's own is one piece. */
    static List<RoutePart> ofScript(RouteFile file) {
        int lines = Math.max(1, (int) file.text().lines().count());
        return List.of(new RoutePart(
                file, GROOVY, GROOVY + ":" + file.step(), 1, lines, Map.of(), List.of(file.step()), file.text()));
    }

    /** @param root what the file says */
    static List<RoutePart> of(RouteFile file, YamlNode root) {
        List<String> lines = file.text().lines().toList();
        int length = Math.max(1, lines.size());
        if (file.isKamelet()) {
            String name =
                    root.find("metadata").flatMap(data -> data.findText("name")).orElse(file.name());
            return List.of(
                    new RoutePart(file, "kamelet", "kamelet:" + name, 1, length, Map.of(), List.of(name), file.text()));
        }
        List<RoutePart> parts = new ArrayList<>();
        List<YamlNode> items = root.items();
        for (int i = 0; i < items.size(); i++) {
            int last = i + 1 < items.size() ? firstLine(lines, items.get(i + 1)) - 1 : length;
            parts.add(part(file, items.get(i), lines, last));
        }
        return parts;
    }

    private static RoutePart part(RouteFile file, YamlNode item, List<String> lines, int last) {
        int first = firstLine(lines, item);
        Map.Entry<String, YamlNode> entry = item.entries().entrySet().iterator().next();
        String kind = entry.getKey();
        YamlNode body = entry.getValue();
        Map<String, Integer> routes = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        switch (kind) {
            case "route" -> body.findText("id").ifPresent(id -> routes.put(id, item.line()));
            case "templatedRoute" -> body.findText("routeId").ifPresent(id -> routes.put(id, item.line()));
            case "rest" ->
                verbs(body).forEach(verb -> verb.findText("id").ifPresent(id -> routes.put(id, verb.line())));
            case "beans" -> body.items().forEach(bean -> bean.findText("name").ifPresent(names::add));
            default -> body.findText("id").ifPresent(names::add);
        }
        String key = kind + ":" + file.name() + ":" + (routes.isEmpty() ? names : routes.keySet());
        String text = String.join("\n", lines.subList(first - 1, Math.max(first - 1, Math.min(last, lines.size()))));
        return new RoutePart(file, kind, key, first, last, routes, names, text);
    }

    /** The verbs of a {@code rest:} entry. */
    static List<YamlNode> verbs(YamlNode rest) {
        List<YamlNode> verbs = new ArrayList<>();
        VERBS.forEach(verb -> rest.find(verb).ifPresent(list -> verbs.addAll(list.items())));
        return verbs;
    }

    /** The line of an entry's hyphen, which may stand before the line of its key. */
    static int firstLine(List<String> lines, YamlNode item) {
        int line = item.line();
        while (line > 1 && !lines.get(line - 1).startsWith("-")) {
            line--;
        }
        return line;
    }

    /** A file's text in which only some pieces stand, each in its own lines. */
    static String only(RouteFile file, List<RoutePart> all, List<RoutePart> wanted) {
        List<String> lines = new ArrayList<>(file.text().lines().toList());
        for (RoutePart part : all) {
            if (part.file().equals(file) && !wanted.contains(part)) {
                for (int line = part.line(); line <= Math.min(part.lastLine(), lines.size()); line++) {
                    lines.set(line - 1, "");
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
