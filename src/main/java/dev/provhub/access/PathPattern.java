package dev.provhub.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A method and a path of the administration interface.
 *
 * @param segments of the path; one in braces stands for any
 */
record PathPattern(String method, List<String> segments) {
    static PathPattern of(String method, String path) {
        return new PathPattern(method, segments(path));
    }

    /**
     * The rule whose pattern fits with the most words of its own.
     *
     * @param method of HTTP; {@code HEAD} counts as {@code GET}
     * @param path   decoded, from the first slash
     */
    static <R> Optional<R> closest(Collection<R> rules, Function<R, PathPattern> pattern, String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        List<String> segments = segments(path);
        return rules.stream()
                .filter(rule -> pattern.apply(rule).fits(asked, segments))
                .max(Comparator.comparingLong(rule -> pattern.apply(rule).literals()));
    }

    /** Methods of all rules whose path fits. */
    static <R> SortedSet<String> methods(Collection<R> rules, Function<R, PathPattern> pattern, String path) {
        List<String> segments = segments(path);
        SortedSet<String> methods = new TreeSet<>();
        rules.stream().map(pattern).filter(rule -> rule.fits(segments)).forEach(rule -> methods.add(rule.method));
        return methods;
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    private boolean fits(String asked, List<String> path) {
        return method.equals(asked) && fits(path);
    }

    private boolean fits(List<String> path) {
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!segments.get(i).startsWith("{") && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private long literals() {
        return segments.stream().filter(segment -> !segment.startsWith("{")).count();
    }
}
