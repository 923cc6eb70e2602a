package dev.provhub.order;

import java.util.List;

/** What is said of an order is not allowed. */
public final class OrderRefused extends RuntimeException {
    private final transient List<OrderProblem> problems;

    /** @param problems at least one */
    public OrderRefused(List<OrderProblem> problems) {
        super("not allowed", null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** Why. */
    public List<OrderProblem> problems() {
        return problems;
    }
}
