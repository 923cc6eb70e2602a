package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
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
    private final Set<TrustAnchor> anchors;
    private final Set<String> genericNames;
    private final Clock clock;

    /**
     * Makes a judge.
     *
     * @param authorities  CAs whose devices are believed; at least one
     * @param genericNames values of a subject, in lower case, that mark a certificate whose key many devices share
     */
    public CertificateJudge(List<X509Certificate> authorities, Set<String> genericNames, Clock clock) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("a judge needs at least one CA");
        }
        this.anchors =
                authorities.stream().map(ca -> new TrustAnchor(ca, null)).collect(Collectors.toUnmodifiableSet());
        this.genericNames = Set.copyOf(genericNames);
        this.clock = clock;
    }

    /**
     * All certificates in the {@code .pem} files of a folder; none when the folder is not there.
     *
     * @throws PkiException naming the file that cannot be read
     */
    public static List<X509Certificate> authoritiesIn(Path folder) {
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
        X509Certificate own = chain.get(0);
        CertificateSubject subject = new CertificateSubject(own);
        if (subject.holdsOneOf(genericNames)) {
            return new CertificateEvidence.Rejected("a generic certificate, whose key many devices share");
        }
        Date now = Date.from(clock.instant());
        if (now.after(own.getNotAfter())) {
            return new CertificateEvidence.Rejected(
                    "expired on " + own.getNotAfter().toInstant());
        }
        if (now.before(own.getNotBefore())) {
            return new CertificateEvidence.Rejected(
                    "not valid before " + own.getNotBefore().toInstant());
        }
        String fault = faultOfChain(chain, now);
        if (!fault.isEmpty()) {
            return new CertificateEvidence.Rejected(fault);
        }
        Set<MacAddress> macs = subject.macs();
        if (macs.size() != 1) {
            return new CertificateEvidence.Rejected(
                    macs.isEmpty()
                            ? "its subject names no MAC address"
                            : "its subject names several MAC addresses " + macs);
        }
        return new CertificateEvidence.Proof(
                macs.iterator().next(),
                subject.serial(),
                subject.productNumber(),
                own.getSerialNumber().toString(16));
    }

    /** Empty when the chain leads to one of the CAs. */
    private String faultOfChain(List<X509Certificate> chain, Date now) {
        try {
            Set<X509Certificate> trusted = new HashSet<>();
            anchors.forEach(anchor -> trusted.add(anchor.getTrustedCert()));
            List<X509Certificate> path =
                    chain.stream().takeWhile(link -> !trusted.contains(link)).toList();
            if (path.isEmpty()) {
                return "it is a CA's certificate, not a device's";
            }
            CertPath certPath =
                    CertificateFactory.getInstance("X.509", provider).generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(now);
            CertPathValidator.getInstance("PKIX", provider).validate(certPath, parameters);
            return "";
        } catch (CertPathValidatorException e) {
            return "its chain does not lead to a CA that is trusted for devices; issuer "
                    + chain.get(0).getIssuerX500Principal();
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("no CA to judge by", e);
        } catch (GeneralSecurityException e) {
            return "its chain cannot be read";
        }
    }
}
