package dev.provhub.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Loads a set until nothing more is found in it: Camel stops at the first piece of which it can make nothing, so that piece is left
 * out, with what stands on it, and the rest is loaded again.
 */
final class Trials {
    private static final int MOST = 12;

    private final Supplier<CamelContext> contexts;
    private final ParsedFiles parsed;
    private final List<RoutePart> parts;
    private final List<RouteProblem> problems = new ArrayList<>();
    private @Nullable TriedSet tried;

    /**
     * @param parts  those in which nothing is wrong that could be seen before
     * @param whole  whether they are all there are; else nobody is told what the others may have
     * @param before the last set that could be loaded; null for none
     */
    Trials(
            Supplier<CamelContext> contexts,
            ParsedFiles parsed,
            List<RoutePart> parts,
            boolean whole,
            @Nullable TriedSet before) {
        this.contexts = contexts;
        this.parsed = parsed;
        this.parts = parts;
        if (whole) {
            TrialLoad first = TrialLoad.of(contexts, parts, parsed, before);
            problems.addAll(first.problems());
            tried = first.problems().isEmpty() ? first.tried() : null;
        }
        if (!whole || !problems.isEmpty()) {
            rest(before);
        }
    }

    List<RouteProblem> problems() {
        return problems;
    }

    /** What was seen, when nothing was wrong with a whole set; else null. */
    @Nullable
    TriedSet tried() {
        return tried;
    }

    private void rest(@Nullable TriedSet before) {
        List<RoutePart> left = without(parts, problems);
        int size = parts.size() + (problems.isEmpty() ? 1 : 0);
        for (int trial = 0; trial < MOST && left.size() < size; trial++) {
            size = left.size();
            List<RouteProblem> found = TrialLoad.ofSome(contexts, left, parsed, before).problems().stream()
                    .filter(one -> one.line() > 0)
                    .toList();
            problems.addAll(found);
            left = without(left, found);
        }
    }

    /** What is left without the pieces that are to blame and those that need them. */
    private static List<RoutePart> without(List<RoutePart> parts, List<RouteProblem> problems) {
        Set<RoutePart> blamed = new LinkedHashSet<>();
        Set<String> names = new HashSet<>();
        for (RoutePart part : parts) {
            if (problems.stream().anyMatch(one -> isIn(one, part))) {
                blamed.add(part);
                if (part.isShared()) {
                    names.addAll(part.names());
                }
            }
        }
        return parts.stream()
                .filter(part ->
                        !blamed.contains(part) && names.stream().noneMatch(name -> RoutePart.names(part.text(), name)))
                .toList();
    }

    private static boolean isIn(RouteProblem problem, RoutePart part) {
        return part.file().file().equals(problem.file())
                && (problem.line() == 0 || (problem.line() >= part.line() && problem.line() <= part.lastLine()));
    }
}
