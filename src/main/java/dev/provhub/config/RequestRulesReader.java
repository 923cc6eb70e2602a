package dev.provhub.config;

import dev.provhub.device.Asked;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.RequestRule;
import dev.provhub.device.RequestRules;
import dev.provhub.device.UserAgentPattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/request-rules.yaml}. */
public final class RequestRulesReader {
    private RequestRulesReader() {}

    /** @throws IllegalConfigurationException when something is wrong, with file and line */
    public static RequestRules read(Path file, DeviceModels models) {
        List<RequestRule> rules = open(file).get("rules").items().stream()
                .map(node -> rule(node, models))
                .toList();
        return new RequestRules(rules, models);
    }

    static List<UserAgentPattern> userAgents(Path file) {
        return open(file).get("user-agents").items().stream()
                .map(RequestRulesReader::userAgent)
                .toList();
    }

    private static YamlNode open(Path file) {
        return YamlNode.read(file).allow(Set.of("rules", "user-agents"));
    }

    private static RequestRule rule(YamlNode node, DeviceModels models) {
        node.allow(Set.of("path", "means", "model", "why"));
        Asked.Kind means = node.get("means").oneOf(Asked.Kind.class);
        if (means == Asked.Kind.FOREIGN) {
            node.get("why");
        }
        try {
            return new RequestRule(
                    node.get("path").text(),
                    means,
                    model(node, models),
                    node.findText("why").orElse(""));
        } catch (IllegalArgumentException e) {
            throw node.problem(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable DeviceModel model(YamlNode node, DeviceModels models) {
        return node.find("model")
                .map(name -> models.named(name.text())
                        .orElseThrow(() -> name.problem("there is no model '" + name.text() + "' in models.yaml")))
                .orElse(null);
    }

    private static UserAgentPattern userAgent(YamlNode node) {
        try {
            return new UserAgentPattern(node.text());
        } catch (PatternSyntaxException e) {
            throw node.problem("is not a regular expression: " + e.getDescription());
        }
    }
}
