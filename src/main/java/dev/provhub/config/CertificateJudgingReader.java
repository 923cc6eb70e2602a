package dev.provhub.config;

import dev.provhub.pki.JudgingRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code certs/judging.yaml}. */
public final class CertificateJudgingReader {
    private CertificateJudgingReader() {}

    /**
     * What is known of certificates that prove nothing.
     *
     * @throws IllegalConfigurationException naming file, line and what is allowed
     */
    public static JudgingRules read(Path file) {
        YamlNode root = YamlNode.read(file).allow(Set.of("generic-names", "known-wrong"));
        List<JudgingRules.Series> series = new ArrayList<>();
        Optional<YamlNode> wrong = root.find("known-wrong");
        if (wrong.isPresent()) {
            wrong.get().items().forEach(item -> series.add(series(item.allow(Set.of("from", "to", "because")))));
        }
        return new JudgingRules(Set.copyOf(root.get("generic-names").texts()), series);
    }

    private static JudgingRules.Series series(YamlNode item) {
        String from = item.get("from").text().toUpperCase(Locale.ROOT);
        String to = item.get("to").text().toUpperCase(Locale.ROOT);
        if (from.length() != to.length() || from.compareTo(to) > 0) {
            throw item.problem("'" + from + "' to '" + to
                    + "' is no series: two serial numbers of one length, the first not" + " above the last");
        }
        return new JudgingRules.Series(from, to, item.get("because").text());
    }
}
