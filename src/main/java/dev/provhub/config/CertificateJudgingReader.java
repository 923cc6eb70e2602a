package dev.provhub.config;

import java.nio.file.Path;
import java.util.Set;

/** Reads {@code certs/judging.yaml}. */
public final class CertificateJudgingReader {
    private CertificateJudgingReader() {}

    /** Names in a subject, in lower case, that mark a certificate which many devices share. */
    public static Set<String> genericNames(Path file) {
        return Set.copyOf(YamlNode.read(file)
                .allow(Set.of("generic-names"))
                .get("generic-names")
                .texts());
    }
}
