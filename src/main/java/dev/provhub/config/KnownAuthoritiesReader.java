package dev.provhub.config;

import dev.provhub.pki.KnownAuthorities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code certs/known-cas.yaml}. */
public final class KnownAuthoritiesReader {
    private KnownAuthoritiesReader() {}

    /**
     * The CAs that firmware may have; none when there is no such file.
     *
     * @throws IllegalConfigurationException naming file, line and what is allowed
     */
    public static KnownAuthorities read(Path file) {
        List<KnownAuthorities.Known> all = new ArrayList<>();
        if (Files.exists(file)) {
            YamlNode.read(file)
                    .allow(Set.of("cas"))
                    .get("cas")
                    .entries()
                    .forEach((name, node) ->
                            all.add(known(name, node.allow(Set.of("title", "subjects", "fingerprints", "public")))));
        }
        return new KnownAuthorities(all);
    }

    private static KnownAuthorities.Known known(String name, YamlNode node) {
        Optional<YamlNode> fingerprints = node.find("fingerprints");
        return new KnownAuthorities.Known(
                name,
                node.get("title").text(),
                node.find("subjects").map(YamlNode::texts).orElse(List.of()),
                fingerprints
                        .map(list -> list.items().stream()
                                .map(KnownAuthoritiesReader::fingerprint)
                                .collect(Collectors.toSet()))
                        .orElse(Set.of()),
                node.find("public").map(YamlNode::flag).orElse(false));
    }

    private static String fingerprint(YamlNode node) {
        String plain = node.text().replace(":", "").toLowerCase(Locale.ROOT);
        if (!plain.matches("[0-9a-f]{64}")) {
            throw node.problem(
                    "'" + node.text() + "' is no SHA-256 fingerprint: 64 hex digits, with or without colons");
        }
        return plain;
    }
}
