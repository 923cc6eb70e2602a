package dev.provhub.config;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Provisioning;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.Greeting;
import dev.provhub.sealing.KeyDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/models.yaml}. */
public final class DeviceModelsReader {
    private static final Set<String> FACTS = Set.of(
            "parameters",
            "lines",
            "provisionable",
            "because",
            "tls",
            "digest",
            "gzip",
            "key-parameter",
            "retry-lists",
            "custom-ca",
            "custom-ca-unconfirmed",
            "trusted-cas",
            "default-paths",
            "firmware",
            "rfc8188",
            "rfc8188-from",
            "rule-limit",
            "secret-logins",
            "template",
            "bootstrap-template",
            "content-type",
            "notify",
            "vendor-class",
            "user-agent");

    private static final Pattern KEY_PARAMETER = Pattern.compile("GPP_(S[A-D]|[A-P])");
    private static final Set<String> NOTIFY_ACTIONS = Set.of("resync", "reboot", "report");
    /** RFC 6665, section 8.4: event-type and its parameters. */
    private static final Pattern EVENT =
            Pattern.compile("[A-Za-z0-9_.!%*+`'~-]{1,64}(;[A-Za-z0-9_.-]+(=[A-Za-z0-9_.-]+)?){0,4}");

    private static final Pattern RELEASE = Pattern.compile("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}");
    private static final int MOST_LINES = 64;
    private static final int SHORTEST_RULE = 128;
    private static final int LONGEST_RULE = 65536;

    /** No source says how long a rule may be. */
    private static final int DEFAULT_RULE_LIMIT = 1024;

    private DeviceModelsReader() {}

    /**
     * Reads the models, and the shapes of User-Agents that tell them apart.
     *
     * @param models       {@code models.yaml}
     * @param requestRules {@code request-rules.yaml}, of which {@code user-agents} is read
     * @throws IllegalConfigurationException when something is wrong, with file and line
     */
    public static DeviceModels read(Path models, Path requestRules) {
        YamlNode file = YamlNode.read(models).allow(Set.of("families", "models"));
        Map<String, YamlNode> families = file.get("families").entries();
        families.values().forEach(family -> family.allow(FACTS));
        List<DeviceModel> all = new ArrayList<>();
        Map<String, Greeting> greetings = new HashMap<>();
        file.get("models").entries().forEach((name, node) -> {
            Facts facts = Facts.of(node, families);
            all.add(model(name, facts));
            greetings.put(name, new Greeting(facts.textOrNull("vendor-class"), facts.textOrNull("user-agent")));
        });
        try {
            return new DeviceModels(all, greetings, RequestRulesReader.userAgents(requestRules));
        } catch (IllegalArgumentException e) {
            throw file.problem(String.valueOf(e.getMessage()));
        }
    }

    /** The parameter groups of models that take profiles. */
    public static Set<String> parameterGroups(DeviceModels models) {
        return models.all().stream()
                .filter(model -> model.provisionable().isPresent())
                .map(DeviceModel::parameterGroup)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The parameter groups of models that are served templates, beside those that take profiles too. */
    public static Set<String> templateGroups(DeviceModels models) {
        return models.all().stream()
                .filter(model -> model.templates() != null)
                .map(DeviceModel::parameterGroup)
                .filter(group -> !parameterGroups(models).contains(group))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static DeviceModel model(String name, Facts facts) {
        boolean provisionable =
                !facts.has("provisionable") || facts.get("provisionable").flag();
        boolean templated = facts.has("template");
        return new DeviceModel(
                name,
                facts.textOr("pn", ""),
                facts.textOr("psn", ""),
                facts.get("family").text(),
                facts.get("parameters").text(),
                facts.get("lines").number(0, MOST_LINES),
                provisionable && !templated ? provisioning(facts) : null,
                provisionable && templated ? templates(facts) : null,
                provisionable ? null : facts.get("because").text(),
                facts.has("notify") ? notifyEvents(facts.get("notify")) : Map.of());
    }

    private static Map<String, String> notifyEvents(YamlNode node) {
        Map<String, String> events = new HashMap<>();
        node.allow(NOTIFY_ACTIONS).entries().forEach((action, event) -> {
            if (!EVENT.matcher(event.text()).matches()) {
                throw event.problem(
                        "'" + event.text() + "' is no Event; allowed: a word such as resync, and parameters as in "
                                + "check-sync;reboot=true");
            }
            events.put(action, event.text());
        });
        return events;
    }

    private static DeviceModel.Templates templates(Facts facts) {
        return new DeviceModel.Templates(
                facts.get("template").text(),
                facts.textOrNull("bootstrap-template"),
                facts.textOr("content-type", "text/xml"));
    }

    private static Provisioning provisioning(Facts facts) {
        YamlNode key = facts.get("key-parameter");
        if (!KEY_PARAMETER.matcher(key.text()).matches()) {
            throw key.problem("'" + key.text() + "' is not one of GPP_SA to GPP_SD and GPP_A to GPP_P");
        }
        if (facts.get("default-paths").items().isEmpty()) {
            throw facts.get("default-paths").problem("at least one default path is needed");
        }
        return new Provisioning(
                facts.get("tls").oneOf(Tls.class),
                facts.get("digest").oneOf(KeyDigest.class),
                facts.get("gzip").flag(),
                key.text(),
                facts.get("retry-lists").flag(),
                facts.textOrNull("custom-ca"),
                facts.textOrNull("custom-ca-unconfirmed"),
                facts.get("trusted-cas").items().stream()
                        .map(DeviceModelsReader::trustedCa)
                        .toList(),
                facts.get("default-paths").texts(),
                facts.textOrNull("firmware"),
                facts.get("rfc8188").flag(),
                release(facts, "rfc8188-from"),
                facts.has("rule-limit")
                        ? facts.get("rule-limit").number(SHORTEST_RULE, LONGEST_RULE)
                        : DEFAULT_RULE_LIMIT,
                facts.has("secret-logins") && facts.get("secret-logins").flag());
    }

    private static @Nullable String release(Facts facts, String key) {
        String release = facts.textOrNull(key);
        if (release != null && !RELEASE.matcher(release).matches()) {
            throw facts.get(key).problem("'" + release + "' is no release: three numbers with dots, as in 11.2.3");
        }
        return release;
    }

    /** A name, or {@code {name: …, from: <version>, unconfirmed: <why>}}. */
    private static DeviceModel.TrustedCa trustedCa(YamlNode node) {
        if (!node.isMap()) {
            return new DeviceModel.TrustedCa(node.text(), null, null);
        }
        node.allow(Set.of("name", "from", "unconfirmed"));
        return new DeviceModel.TrustedCa(
                node.get("name").text(),
                node.findText("from").orElse(null),
                node.findText("unconfirmed").orElse(null));
    }

    /** What a model says, and below it what its family says. */
    private record Facts(YamlNode model, Map<String, YamlNode> values) {
        static Facts of(YamlNode model, Map<String, YamlNode> families) {
            YamlNode name = model.get("family");
            YamlNode family = families.get(name.text());
            if (family == null) {
                throw name.problem("there is no family '" + name.text() + "'");
            }
            Map<String, YamlNode> values = new LinkedHashMap<>(family.entries());
            values.putAll(model.entries());
            values.forEach((key, value) -> {
                if (!FACTS.contains(key) && !Set.of("family", "pn", "psn").contains(key)) {
                    throw value.problem("'" + key + "' is not known here");
                }
            });
            return new Facts(model, values);
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        YamlNode get(String key) {
            YamlNode value = values.get(key);
            if (value == null) {
                throw model.problem("'" + key + "' is missing, here and in the family");
            }
            return value;
        }

        @Nullable
        String textOrNull(String key) {
            YamlNode value = values.get(key);
            return value == null || value.isNull() ? null : value.text();
        }

        String textOr(String key, String otherwise) {
            String text = textOrNull(key);
            return text == null ? otherwise : text;
        }
    }
}
