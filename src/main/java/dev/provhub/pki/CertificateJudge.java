package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import dev.provhub.device.ShownCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Judges the certificate that a device has shown in a handshake: chain, expiry, whether it is one of many, and which MAC
 * it names. Uses Bouncy Castle's path validation (RFC 5280, section 6), because the JDK's refuses MD5 signatures and short
 * keys, which old phones have, before anything can be said about them. Thread-safe.
 */
public final class CertificateJudge {
    private final Provider provider = new BouncyCastleProvider();
    private final RevocationList revoked;
    private final Clock clock;
    private volatile Basis basis;

    /** What is judged by, changed as a whole. */
    private record Basis(List<DeviceAuthority> authorities, Set<TrustAnchor> anchors, JudgingRules rules) {}

    /**
     * Makes a judge.
     *
     * @param authorities CAs whose devices are believed; at least one
     * @param rules       what is known of certificates that prove nothing
     * @param revoked     what is believed no more
     */
    public CertificateJudge(
            List<DeviceAuthority> authorities, JudgingRules rules, RevocationList revoked, Clock clock) {
        this.basis = basis(authorities, rules);
        this.revoked = revoked;
        this.clock = clock;
    }

    private static Basis basis(List<DeviceAuthority> authorities, JudgingRules rules) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("a judge needs at least one CA");
        }
        return new Basis(
                List.copyOf(authorities),
                authorities.stream()
                        .map(ca -> new TrustAnchor(ca.certificate(), null))
                        .collect(Collectors.toUnmodifiableSet()),
                rules);
    }

    /** Judges by other CAs and rules from now on. */
    public void change(List<DeviceAuthority> authorities, JudgingRules rules) {
        basis = basis(authorities, rules);
    }

    /**
     * All CAs in the {@code .pem} files of a folder, and of its sub-folders, each of which has the name of a family of models
     * and holds the CAs of that family alone; none when the folder is not there.
     *
     * @throws PkiException naming the file that cannot be read
     */
    public static List<DeviceAuthority> deviceAuthoritiesIn(Path folder) {
        List<DeviceAuthority> found = new ArrayList<>();
        authoritiesIn(folder).forEach(ca -> found.add(new DeviceAuthority(ca, Set.of())));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                inside.filter(Files::isDirectory).sorted().forEach(family -> authoritiesIn(family)
                        .forEach(ca -> found.add(new DeviceAuthority(
                                ca, Set.of(family.getFileName().toString())))));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder, e);
            }
        }
        return found;
    }

    private static List<X509Certificate> authoritiesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<X509Certificate> authorities = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".pem"))
                    .sorted()
                    .forEach(file -> authorities.addAll(Pem.certificates(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return authorities;
    }

    /** @param chain as the handshake brought it, the device's own certificate first; not empty */
    public CertificateEvidence judge(List<X509Certificate> chain) {
        Basis by = basis;
        X509Certificate own = chain.get(0);
        CertificateSubject subject = new CertificateSubject(own);
        if (subject.holdsOneOf(by.rules().genericNames())) {
            return exemptible("a generic certificate, whose key many devices share");
        }
        Optional<String> wrong = by.rules().wrongSeries(subject.serial());
        if (wrong.isPresent()) {
            return exemptible("of a series with wrong certificates: " + wrong.get());
        }
        Date now = Date.from(clock.instant());
        Chain path = chainOf(chain, by, now);
        if (!path.fault().isEmpty()) {
            return rejected(path.fault());
        }
        if (now.after(own.getNotAfter())) {
            return exemptible("expired on " + own.getNotAfter().toInstant());
        }
        if (now.before(own.getNotBefore())) {
            return rejected("not valid before " + own.getNotBefore().toInstant());
        }
        Set<MacAddress> macs = subject.macs();
        if (macs.size() != 1) {
            return rejected(
                    macs.isEmpty()
                            ? "its subject names no MAC address"
                            : "its subject names several MAC addresses " + macs);
        }
        return unlessRevoked(new CertificateEvidence.Proof(
                macs.iterator().next(),
                subject.serial(),
                subject.productNumber(),
                path.families(),
                shown(own, subject)));
    }

    private CertificateEvidence unlessRevoked(CertificateEvidence.Proof proof) {
        return revoked.ofDevice(proof.mac())
                .or(() -> revoked.ofCertificate(proof.shown().number()))
                .map(reason -> rejected("revoked: " + reason))
                .orElse(proof);
    }

    private static CertificateEvidence rejected(String reason) {
        return new CertificateEvidence.Rejected(reason, false);
    }

    private static CertificateEvidence exemptible(String reason) {
        return new CertificateEvidence.Rejected(reason, true);
    }

    private static ShownCertificate shown(X509Certificate own, CertificateSubject subject) {
        try {
            return new ShownCertificate(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(own.getEncoded())),
                    own.getIssuerX500Principal().getName(),
                    own.getSerialNumber().toString(16),
                    subject.serial(),
                    own.getNotBefore().toInstant(),
                    own.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written, and every JDK has SHA-256", e);
        }
    }

    /** Where a chain leads: a fault, or the families that its CA signs for. */
    private record Chain(String fault, Set<String> families) {
        static Chain broken(String fault) {
            return new Chain(fault, Set.of());
        }
    }

    /** Validity is not looked at here: a certificate that has run out can still be told from a foreign one. */
    private Chain chainOf(List<X509Certificate> chain, Basis by, Date now) {
        try {
            List<X509Certificate> path = chain.stream()
                    .takeWhile(link -> by.authorities().stream()
                            .noneMatch(ca -> ca.certificate().equals(link)))
                    .toList();
            if (path.isEmpty()) {
                return Chain.broken("it is a CA's certificate, not a device's");
            }
            CertPath certPath =
                    CertificateFactory.getInstance("X.509", provider).generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(by.anchors());
            parameters.setRevocationEnabled(false);
            parameters.setDate(within(path.get(0), now));
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult)
                    CertPathValidator.getInstance("PKIX", provider).validate(certPath, parameters);
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            return new Chain("", familiesOf(anchor, by));
        } catch (CertPathValidatorException e) {
            return Chain.broken("its chain does not lead to a CA that is trusted for devices; issuer "
                    + chain.get(0).getIssuerX500Principal());
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("no CA to judge by", e);
        } catch (GeneralSecurityException e) {
            return Chain.broken("its chain cannot be read");
        }
    }

    /** The nearest moment at which the certificate itself was good. */
    private static Date within(X509Certificate own, Date now) {
        return now.after(own.getNotAfter())
                ? own.getNotAfter()
                : now.before(own.getNotBefore()) ? own.getNotBefore() : now;
    }

    /** A CA that stands for all families is not narrowed by standing for one as well. */
    private static Set<String> familiesOf(X509Certificate anchor, Basis by) {
        List<DeviceAuthority> same = by.authorities().stream()
                .filter(ca -> ca.certificate().equals(anchor))
                .toList();
        return same.stream().anyMatch(ca -> ca.families().isEmpty())
                ? Set.of()
                : same.stream().flatMap(ca -> ca.families().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
