package dev.provhub.pki;

import dev.provhub.pki.ChainOrigin.How;
import dev.provhub.pki.KnownAuthorities.Known;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Finds out which CA a chain leads to. A name is believed for a guess alone; what proves a CA is a signature of its key. */
public final class ChainOrigins {
    private final KnownAuthorities known;
    private final X509Certificate own;
    private final Path certificates;
    private final List<X509Certificate> publicOnes;

    /**
     * Needs to know the CAs.
     *
     * @param own          the development CA
     * @param certificates folder in which certificates of known CAs may lie as {@code <name>.pem}; read when they are needed
     */
    public ChainOrigins(KnownAuthorities known, X509Certificate own, Path certificates) {
        this.known = known;
        this.own = own;
        this.certificates = certificates;
        this.publicOnes = publicAuthorities();
    }

    /**
     * Which CA it is.
     *
     * @param chain a server's own certificate first
     * @throws PkiException naming the file of a CA that cannot be read
     */
    public ChainOrigin of(List<X509Certificate> chain) {
        X509Certificate top = chain.get(chain.size() - 1);
        String issuer = top.getIssuerX500Principal().getName();
        for (int link = 0; link + 1 < chain.size(); link++) {
            if (!CertificateAuthority.hasSigned(chain.get(link + 1), chain.get(link))) {
                return new ChainOrigin(null, How.BROKEN, issuer);
            }
        }
        if (CertificateAuthority.hasSigned(own, top)) {
            return new ChainOrigin(ChainOrigin.OWN, How.SIGNATURE, issuer);
        }
        return known.all().stream()
                .filter(one -> hasSigned(one, chain, top))
                .findFirst()
                .map(one -> new ChainOrigin(one.name(), How.SIGNATURE, issuer))
                .or(() -> named(issuer))
                .orElseGet(() -> new ChainOrigin(null, How.UNKNOWN, issuer));
    }

    private Optional<ChainOrigin> named(String issuer) {
        return known.all().stream()
                .filter(one -> one.callsItself(issuer))
                .findFirst()
                .map(one -> new ChainOrigin(one.name(), How.NAME, issuer));
    }

    private boolean hasSigned(Known one, List<X509Certificate> chain, X509Certificate top) {
        return chain.stream().skip(1).anyMatch(link -> one.fingerprints().contains(fingerprint(link)))
                || certificatesOf(one)
                        .anyMatch(authority -> chain.stream().skip(1).anyMatch(authority::equals)
                                || CertificateAuthority.hasSigned(authority, top));
    }

    private Stream<X509Certificate> certificatesOf(Known one) {
        Path file = certificates.resolve(one.name() + ".pem");
        Stream<X509Certificate> placed = Files.isRegularFile(file) ? Pem.certificates(file).stream() : Stream.empty();
        return one.publicOnes() ? Stream.concat(placed, publicOnes.stream()) : placed;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new PkiException("a certificate has no fingerprint", e);
        }
    }

    private static List<X509Certificate> publicAuthorities() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            // A Java without a store of its own knows no public CA
            return List.of();
        }
    }
}
