package dev.provhub.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What cannot be known of files in which something is wrong: a name that stands in one of them may be one that it would give, so that
 * nobody is told it were missing elsewhere.
 */
final class Untold {
    /** How beans, route configurations and templates get theirs. */
    private static final Pattern GIVEN = Pattern.compile(
            "(?m)^\\s*-\\s+name:\\s*[\"']?([\\w.-]+)|(?:Configuration|Template):\\s*\\n\\s+id:\\s*[\"']?([\\w.-]+)");

    private final List<RouteFile> files = new ArrayList<>();

    void add(RouteFile file) {
        files.add(file);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    boolean has(RouteFile file) {
        return files.contains(file);
    }

    /** Whether one of them may be what bears the name, other than by the one mention that is asked about. */
    boolean mayGive(String name, RouteFile asked) {
        return files.stream()
                .anyMatch(file -> (file.isGroovy() && file.step().equals(name))
                        || (!file.isGroovy() && mentions(file.text(), name) > (file.equals(asked) ? 1 : 0)));
    }

    /** Whether a piece of another file may stand on one of them. */
    boolean carries(RoutePart part) {
        return given().stream().anyMatch(name -> RoutePart.names(part.text(), name));
    }

    private Set<String> given() {
        Set<String> names = new HashSet<>();
        for (RouteFile file : files) {
            if (file.isGroovy()) {
                names.add(file.step());
            } else if (file.isKamelet()) {
                names.add(file.kamelet());
            } else {
                Matcher matcher = GIVEN.matcher(file.text());
                while (matcher.find()) {
                    names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                }
            }
        }
        return names;
    }

    private static int mentions(String text, String name) {
        int found = 0;
        for (String line : text.split("\n", -1)) {
            found += RoutePart.names(line, name) ? 1 : 0;
        }
        return found;
    }
}
