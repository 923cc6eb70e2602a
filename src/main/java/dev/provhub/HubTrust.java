package dev.provhub;

import dev.provhub.config.CertificateJudgingReader;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.pki.CertificateJudge;
import dev.provhub.pki.DeviceAuthority;
import dev.provhub.pki.JudgingRules;
import dev.provhub.pki.PkiException;
import dev.provhub.pki.Revocation;
import dev.provhub.pki.RevocationList;
import dev.provhub.pki.Revocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose certificates are believed, read again when files or revocations change. What is wrong leaves what was in force. */
final class HubTrust {
    private static final Logger LOG = LoggerFactory.getLogger(HubTrust.class);

    private final Path files;
    private final DeviceAuthority own;
    private final Revocations revocations;
    private final RevocationList revoked = new RevocationList();
    private final CertificateJudge judge;

    /**
     * Reads everything.
     *
     * @param files folder {@code certs} of the configuration
     * @param own   the development CA
     */
    HubTrust(Path files, JudgingRules rules, DeviceAuthority own, Revocations revocations, Clock clock) {
        this.files = files;
        this.own = own;
        this.revocations = revocations;
        this.judge = new CertificateJudge(authorities(), rules, revoked, clock);
        reloadRevocations();
    }

    private List<DeviceAuthority> authorities() {
        List<DeviceAuthority> all = new ArrayList<>(CertificateJudge.deviceAuthoritiesIn(files.resolve("device-ca")));
        all.add(own);
        return all;
    }

    CertificateJudge judge() {
        return judge;
    }

    Revocations revocations() {
        return revocations;
    }

    RevocationList revoked() {
        return revoked;
    }

    /** Changes with the files. */
    String stamp() {
        return stampOf(files);
    }

    /** Changes with the files in a folder and below it, or with the one file; empty when nothing is there. */
    static String stampOf(Path folder) {
        if (!Files.exists(folder)) {
            return "";
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted()
                    .map(HubTrust::stampOfFile)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static String stampOfFile(Path file) {
        try {
            return file + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return file + " is on its way";
        }
    }

    void reload() {
        try {
            List<DeviceAuthority> authorities = authorities();
            judge.change(authorities, CertificateJudgingReader.read(files.resolve("judging.yaml")));
            LOG.info("certificates of devices are judged by other files now authorities={}", authorities.size());
        } catch (IllegalConfigurationException | PkiException e) {
            LOG.error("edit refused, certificates are judged as before: {}", e.getMessage());
        }
    }

    /** Changes with the revocations, whichever node has made them. */
    String revocationStamp() {
        return revocations.all().toString();
    }

    void reloadRevocations() {
        List<Revocation> all = revocations.all();
        revoked.replace(reasons(all, Revocation.Kind.MAC), reasons(all, Revocation.Kind.CERTIFICATE));
    }

    private static Map<String, String> reasons(List<Revocation> all, Revocation.Kind kind) {
        return all.stream()
                .filter(revocation -> revocation.kind() == kind)
                .collect(Collectors.toMap(Revocation::what, Revocation::reason));
    }
}
