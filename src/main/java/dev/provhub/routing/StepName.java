package dev.provhub.routing;

import java.util.List;
import java.util.Map;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a step is called where people read of it. Steps within a Kamelet have no ids of their own, because it may be used more than once:
 * such a one is the Kamelet's name, and which step of its kind it is there, as {@code hub-webhook-sink/setHeader-2}.
 */
final class StepName {
    private StepName() {}

    static String of(NamedNode step) {
        RouteDefinition route = route(step);
        String kamelet = route == null ? "" : kamelet(route);
        if (route == null || kamelet.isEmpty()) {
            return String.valueOf(step.getId());
        }
        Count count = new Count(step);
        boolean isFound = count.passes(route.getOutputs());
        return kamelet + "/" + step.getShortName() + (isFound ? "-" + count.number : "");
    }

    private static @Nullable RouteDefinition route(NamedNode step) {
        @Nullable NamedNode one = step;
        while (one != null && !(one instanceof RouteDefinition)) {
            one = one.getParent();
        }
        return (RouteDefinition) one;
    }

    private static String kamelet(RouteDefinition route) {
        Map<String, Object> said = route.getTemplateParameters();
        Object name = said == null ? null : said.get("templateId");
        return name == null || !Boolean.TRUE.equals(route.isKamelet()) ? "" : name.toString();
    }

    /** Counts steps of the same kind, in the order of the file, until the one is met. */
    private static final class Count {
        private final NamedNode wanted;
        private int number;

        Count(NamedNode wanted) {
            this.wanted = wanted;
        }

        boolean passes(List<? extends ProcessorDefinition<?>> steps) {
            for (ProcessorDefinition<?> step : steps) {
                number += step.getShortName().equals(wanted.getShortName()) ? 1 : 0;
                if (step == wanted
                        || (step instanceof ChoiceDefinition choice && passesBranches(choice))
                        || passes(step.getOutputs())) {
                    return true;
                }
            }
            return false;
        }

        private boolean passesBranches(ChoiceDefinition choice) {
            return choice.getWhenClauses().stream().anyMatch(when -> passes(when.getOutputs()))
                    || (choice.getOtherwise() != null
                            && passes(choice.getOtherwise().getOutputs()));
        }
    }
}
