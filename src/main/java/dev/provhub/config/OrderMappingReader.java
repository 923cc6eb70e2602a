package dev.provhub.config;

import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code order-mapping.yaml}; the format is described in the shipped file itself. */
public final class OrderMappingReader {
    private OrderMappingReader() {}

    /** @throws IllegalConfigurationException naming file, line, what is wrong and what is allowed */
    public static OrderMapping read(Path file) {
        YamlNode root = YamlNode.read(file).allow(Set.of("fields", "unknownNames"));
        boolean unknownAllowed = root.find("unknownNames")
                .map(node -> node.oneOf(UnknownNames.class) == UnknownNames.IGNORE)
                .orElse(true);
        YamlNode fields = root.get("fields");
        Map<OrderField, OrderMapping.FieldUse> uses = new EnumMap<>(OrderField.class);
        fields.entries().forEach((name, node) -> uses.put(field(name, node), use(name, node)));
        try {
            return new OrderMapping(uses, unknownAllowed);
        } catch (IllegalArgumentException e) {
            throw fields.problem(String.valueOf(e.getMessage()));
        }
    }

    private static OrderField field(String name, YamlNode node) {
        return OrderField.find(name)
                .orElseThrow(() -> node.problem("'" + name + "' is not a field; allowed: "
                        + String.join(
                                ", ",
                                List.of(OrderField.values()).stream()
                                        .map(OrderField::wireName)
                                        .toList())));
    }

    private static OrderMapping.FieldUse use(String name, YamlNode node) {
        node.allow(Set.of("names", "required", "default"));
        List<String> names = node.find("names").map(YamlNode::texts).orElse(List.of(name));
        boolean required = node.find("required").map(YamlNode::flag).orElse(false);
        Optional<String> defaultValue = node.findText("default").filter(text -> !text.isBlank());
        return new OrderMapping.FieldUse(names, required, defaultValue);
    }

    private enum UnknownNames {
        IGNORE,
        REFUSE
    }
}
