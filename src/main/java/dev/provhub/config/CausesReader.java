package dev.provhub.config;

import dev.provhub.devicelog.Cause;
import dev.provhub.devicelog.DeviceEvent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/causes.yaml}: what usually lies behind what the device log shows. */
public final class CausesReader {
    private static final int MOST_TIMES = 1000;

    private CausesReader() {}

    /** @throws IllegalConfigurationException when something is wrong, with file and line */
    public static List<Cause> read(Path file) {
        Set<String> ids = new HashSet<>();
        return YamlNode.read(file).allow(Set.of("causes")).get("causes").items().stream()
                .map(node -> cause(node, ids))
                .toList();
    }

    private static Cause cause(YamlNode node, Set<String> ids) {
        node.allow(Set.of("id", "when", "after", "until", "times", "is", "says", "check"));
        String id = node.get("id").text();
        if (!ids.add(id)) {
            throw node.get("id").problem("cause '" + id + "' stands twice");
        }
        return new Cause(
                id,
                sign(node.get("when")),
                node.find("after").map(CausesReader::sign).orElse(null),
                node.find("until").map(CausesReader::sign).orElse(null),
                node.find("times").map(times -> times.number(1, MOST_TIMES)).orElse(1),
                node.find("is").map(weight -> weight.oneOf(Cause.Weight.class)).orElse(Cause.Weight.TROUBLE),
                node.get("says").text(),
                node.find("check").map(YamlNode::texts).orElse(List.of()));
    }

    private static Cause.Sign sign(YamlNode node) {
        node.allow(Set.of("kind", "evidence", "what", "outcome", "reason", "sealed", "applied"));
        return new Cause.Sign(
                words(node, "kind", DeviceEvent.Kind.class),
                words(node, "evidence", DeviceEvent.Evidence.class),
                pattern(node, "what"),
                pattern(node, "outcome"),
                pattern(node, "reason"),
                node.find("sealed").map(YamlNode::flag).orElse(null),
                node.find("applied").map(YamlNode::flag).orElse(null));
    }

    private static <E extends Enum<E>> Set<E> words(YamlNode node, String key, Class<E> type) {
        return node.find(key).map(YamlNode::items).orElse(List.of()).stream()
                .map(word -> word.oneOf(type))
                .collect(Collectors.toSet());
    }

    private static @Nullable Pattern pattern(YamlNode node, String key) {
        return node.find(key).map(CausesReader::pattern).orElse(null);
    }

    private static Pattern pattern(YamlNode node) {
        try {
            return Pattern.compile(node.text(), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw node.problem("is not a regular expression: " + e.getDescription());
        }
    }
}
