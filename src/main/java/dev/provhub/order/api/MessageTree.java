package dev.provhub.order.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.order.MessagePath;
import java.util.Optional;

/** Finds what a {@link MessagePath} names. */
final class MessageTree {
    private MessageTree() {}

    /** What stands there; empty for nothing and for null. */
    static Optional<JsonNode> find(MessagePath path, JsonNode message, JsonNode item) {
        JsonNode at = path.fromItem() ? item : message;
        for (MessagePath.Step step : path.steps()) {
            at = step(at, step);
        }
        return at.isMissingNode() || at.isNull() ? Optional.empty() : Optional.of(at);
    }

    private static JsonNode step(JsonNode at, MessagePath.Step step) {
        if (step instanceof MessagePath.Step.Member member) {
            return at.path(member.name());
        }
        if (step instanceof MessagePath.Step.Element element) {
            return at.path(element.index());
        }
        MessagePath.Step.Having having = (MessagePath.Step.Having) step;
        for (JsonNode element : at) {
            if (element.path(having.member()).asText().equals(having.value())) {
                return element;
            }
        }
        return at.path(-1);
    }
}
