package dev.provhub.config;

import dev.provhub.device.PlaceNames;
import dev.provhub.order.FieldUse;
import dev.provhub.order.GeneratedPasswords;
import dev.provhub.order.MessagePath;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.SettingCheck;
import dev.provhub.order.SettingUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code order-mapping.yaml}; the format is described in the shipped file itself. */
public final class OrderMappingReader {
    private OrderMappingReader() {}

    /** As {@link #read(Path, SettingCheck)}, where no parameter of the phones is known. */
    public static OrderMapping read(Path file) {
        return read(file, SettingCheck.NONE);
    }

    /**
     * Reads it, with the tables that it looks things up in.
     *
     * @throws IllegalConfigurationException naming file, line, what is wrong and what is allowed
     */
    public static OrderMapping read(Path file, SettingCheck settingCheck) {
        YamlNode root = YamlNode.read(file).allow(Set.of("fields", "settings", "json", "unknownNames"));
        boolean unknownAllowed = root.find("unknownNames")
                .map(node -> node.oneOf(UnknownNames.class) == UnknownNames.IGNORE)
                .orElse(true);
        ConversionReader conversions =
                new ConversionReader(file.toAbsolutePath().getParent());
        Map<OrderField, FieldUse> uses = new EnumMap<>(OrderField.class);
        YamlNode fields = root.get("fields");
        fields.entries().forEach((name, node) -> uses.put(field(name, node), use(name, node, conversions)));
        List<SettingUse> settings = new ArrayList<>();
        root.find("settings").ifPresent(all -> all.entries()
                .forEach((name, node) -> settings.add(setting(name, node, conversions, settingCheck))));
        Optional<MessagePath> items = root.find("json")
                .map(node -> node.allow(Set.of("items")))
                .flatMap(node -> node.find("items"))
                .map(OrderMappingReader::path);
        OrderMapping.Options options =
                new OrderMapping.Options(unknownAllowed, items, settingCheck, GeneratedPasswords.SHOWN, PlaceNames.ANY);
        try {
            return new OrderMapping(uses, settings, options);
        } catch (IllegalArgumentException e) {
            throw fields.problem(String.valueOf(e.getMessage()));
        }
    }

    private static MessagePath path(YamlNode node) {
        try {
            return MessagePath.parse(node.text());
        } catch (IllegalArgumentException e) {
            throw node.problem(String.valueOf(e.getMessage()));
        }
    }

    private static OrderField field(String name, YamlNode node) {
        return OrderField.find(name)
                .orElseThrow(() -> node.problem("'" + name + "' is not a field; allowed: "
                        + String.join(
                                ", ",
                                Arrays.stream(OrderField.values())
                                        .filter(OrderField::isNamed)
                                        .map(OrderField::wireName)
                                        .toList())));
    }

    private static FieldUse use(String name, YamlNode node, ConversionReader conversions) {
        node.allow(Set.of("names", "required", "default", "convert", "generate"));
        return new FieldUse(
                names(name, node),
                node.find("required").map(YamlNode::flag).orElse(false),
                node.findText("default").filter(text -> !text.isBlank()),
                conversions.read(node),
                node.find("generate").map(YamlNode::flag).orElse(false));
    }

    private static SettingUse setting(
            String name, YamlNode node, ConversionReader conversions, SettingCheck settingCheck) {
        node.allow(Set.of("names", "required", "default", "convert"));
        SettingUse use = new SettingUse(
                name,
                names(name, node),
                node.find("required").map(YamlNode::flag).orElse(false),
                node.findText("default").filter(text -> !text.isBlank()),
                conversions.read(node));
        if (!settingCheck.isKnown(name.replace("${lineNumber}", "1"))) {
            throw node.problem("'" + name + "' is not a parameter of any model; parameters are in config/parameters");
        }
        return use;
    }

    private static List<String> names(String name, YamlNode node) {
        Optional<YamlNode> named = node.find("names");
        List<String> names = named.map(YamlNode::texts).orElse(List.of(name));
        try {
            names.stream().filter(MessagePath::isPath).forEach(MessagePath::parse);
        } catch (IllegalArgumentException e) {
            throw named.orElse(node).problem(String.valueOf(e.getMessage()));
        }
        return names;
    }

    private enum UnknownNames {
        IGNORE,
        REFUSE
    }
}
