package dev.provhub.config;

import dev.provhub.profile.ParameterDictionary;
import dev.provhub.report.DriftPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads {@code config/drift.yaml}: what becomes of values that were changed on the phone. */
public final class DriftPolicyReader {
    private DriftPolicyReader() {}

    /**
     * Reads the policy.
     *
     * @param parameters every name must name one of these
     * @throws IllegalConfigurationException when something is wrong, with file and line
     */
    public static DriftPolicy read(Path file, ParameterDictionary parameters) {
        YamlNode root = YamlNode.read(file).allow(Set.of("rules", "otherwise"));
        return new DriftPolicy(
                root.get("rules").items().stream()
                        .map(node -> rule(node, parameters))
                        .toList(),
                root.get("otherwise").oneOf(DriftPolicy.Action.class));
    }

    private static DriftPolicy.Rule rule(YamlNode node, ParameterDictionary parameters) {
        node.allow(Set.of("parameters", "policy"));
        for (YamlNode name : node.get("parameters").items()) {
            DriftPolicy.Rule one = new DriftPolicy.Rule(List.of(name.text()), DriftPolicy.Action.ASK);
            boolean known = parameters.find(name.text()).isPresent()
                    || parameters.all().stream().anyMatch(parameter -> one.names(parameter.name()));
            if (!known) {
                throw name.problem(
                        "'" + name.text() + "' names no parameter of config/parameters; * stands for any text");
            }
        }
        return new DriftPolicy.Rule(
                node.get("parameters").texts(), node.get("policy").oneOf(DriftPolicy.Action.class));
    }
}
