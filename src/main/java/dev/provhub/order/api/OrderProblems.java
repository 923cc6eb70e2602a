package dev.provhub.order.api;

import dev.provhub.order.OrderProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong of one document, at most {@value #MOST} of it: whoever sends more has something else to mend first. */
final class OrderProblems {
    static final int MOST = 100;

    private final List<OrderProblem> all = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    /** Of each field those that it lies in. */
    private final Set<String> outer = new HashSet<>();

    void add(OrderProblem problem) {
        if (all.size() < MOST) {
            all.add(problem);
            fields.add(problem.field());
            for (int dot = problem.field().indexOf('.');
                    dot > 0;
                    dot = problem.field().indexOf('.', dot + 1)) {
                outer.add(problem.field().substring(0, dot));
            }
        }
    }

    void addAll(List<OrderProblem> problems) {
        problems.forEach(this::add);
    }

    /** Those alone of whose field, of what it lies in, or of what lies in it nothing was told before. */
    void addUntold(List<OrderProblem> problems) {
        if (all.size() < MOST) {
            addAll(problems.stream()
                    .filter(problem -> !isTold(problem.field()))
                    .limit(MOST)
                    .toList());
        }
    }

    private boolean isTold(String field) {
        if (fields.contains(field) || outer.contains(field)) {
            return true;
        }
        for (int dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
            if (fields.contains(field.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<OrderProblem> all() {
        return List.copyOf(all);
    }
}
