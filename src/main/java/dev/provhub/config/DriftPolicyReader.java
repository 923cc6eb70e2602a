package dev.provhub.config;

import dev.provhub.report.DriftPolicy;
import java.nio.file.Path;
import java.util.Set;

/** Reads {@code config/drift.yaml}: what becomes of values that were changed on the phone. */
public final class DriftPolicyReader {
    private DriftPolicyReader() {}

    /** @throws IllegalConfigurationException when something is wrong, with file and line */
    public static DriftPolicy read(Path file) {
        YamlNode root = YamlNode.read(file).allow(Set.of("rules", "otherwise"));
        return new DriftPolicy(
                root.get("rules").items().stream().map(DriftPolicyReader::rule).toList(),
                root.get("otherwise").oneOf(DriftPolicy.Action.class));
    }

    private static DriftPolicy.Rule rule(YamlNode node) {
        node.allow(Set.of("parameters", "policy"));
        return new DriftPolicy.Rule(
                node.get("parameters").texts(), node.get("policy").oneOf(DriftPolicy.Action.class));
    }
}
