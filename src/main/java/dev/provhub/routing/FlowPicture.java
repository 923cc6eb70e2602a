package dev.provhub.routing;

import java.util.List;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.WhenDefinition;
import org.jspecify.annotations.Nullable;

/** Draws a route as a flowchart in the language of Mermaid, from the model that runs. */
final class FlowPicture {
    private final StringBuilder text = new StringBuilder("flowchart TD\n");
    private int nodes;

    private FlowPicture() {}

    /** @param from what it takes from, as people read it */
    static String of(RouteDefinition route, String from) {
        FlowPicture picture = new FlowPicture();
        String start = picture.node("([\"" + escaped(from) + "\"])");
        picture.sequence(start, "", route.getOutputs());
        return picture.text.toString();
    }

    /** Draws steps one after another; the last node. */
    private String sequence(String before, String word, List<ProcessorDefinition<?>> steps) {
        String last = before;
        String next = word;
        for (ProcessorDefinition<?> step : steps) {
            if (step.isAbstract()) {
                continue;
            }
            last = draw(last, next, step);
            next = "";
        }
        return last;
    }

    private String draw(String before, String word, ProcessorDefinition<?> step) {
        if (step instanceof ChoiceDefinition choice) {
            return choice(before, word, choice);
        }
        String shape = step instanceof SendDefinition<?> send
                ? "[[\"" + escaped(label(step) + "\n" + withoutOptions(send.getEndpointUri())) + "\"]]"
                : "[\"" + escaped(label(step)) + "\"]";
        String node = node(shape);
        arrow(before, word, node);
        if (!step.getOutputs().isEmpty()) {
            String end = sequence(node, "each", step.getOutputs());
            if (!end.equals(node)) {
                arrow(end, "then", node);
            }
        }
        return node;
    }

    private String choice(String before, String word, ChoiceDefinition choice) {
        String node = node("{\"" + escaped(label(choice)) + "\"}");
        arrow(before, word, node);
        String join = node("(( ))");
        for (WhenDefinition when : choice.getWhenClauses()) {
            arrow(sequence(node, idOf(when, when.getShortName()), when.getOutputs()), "", join);
        }
        OtherwiseDefinition otherwise = choice.getOtherwise();
        if (otherwise == null) {
            arrow(node, "otherwise", join);
        } else {
            arrow(sequence(node, idOf(otherwise, "otherwise"), otherwise.getOutputs()), "", join);
        }
        return join;
    }

    private static String idOf(OptionalIdentifiedDefinition<?> node, String otherwise) {
        return node.getId() == null ? otherwise : node.getId();
    }

    private static String label(ProcessorDefinition<?> step) {
        return step.getShortName() + ": " + idOf(step, step.getLabel());
    }

    private String node(String shape) {
        String name = "n" + nodes++;
        text.append("  ").append(name).append(shape).append('\n');
        return name;
    }

    private void arrow(String from, String word, String to) {
        text.append("  ").append(from).append(" -->");
        if (!word.isEmpty()) {
            text.append("|\"").append(escaped(word)).append("\"|");
        }
        text.append(' ').append(to).append('\n');
    }

    private static String withoutOptions(@Nullable String uri) {
        return uri == null ? "" : uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    }

    private static String escaped(String text) {
        return text.replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("\n", "<br/>");
    }
}
