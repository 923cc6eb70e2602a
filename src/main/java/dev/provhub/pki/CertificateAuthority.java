package dev.provhub.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Signs certificates: the development CA, for trying everything out without a vendor's. */
final class CertificateAuthority {
    private static final int RSA_BITS = 2048;
    private static final int SERIAL_BITS = 120;
    private static final Duration CA_LIFE = Duration.ofDays(3650);
    /** A phone's clock may be behind. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    private final KeyAndChain own;
    private final Clock clock;
    private final SecureRandom random;

    CertificateAuthority(KeyAndChain own, Clock clock, SecureRandom random) {
        this.own = own;
        this.clock = clock;
        this.random = random;
    }

    static KeyAndChain selfSigned(String name, Clock clock, SecureRandom random) {
        KeyPair pair = newPair(random);
        X500Name subject = new X500Name(name);
        JcaX509v3CertificateBuilder builder = builder(subject, subject, pair, CA_LIFE, clock, random);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new KeyAndChain(pair.getPrivate(), List.of(sign(builder, pair)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new PkiException("the development CA cannot be made", e);
        }
    }

    X509Certificate certificate() {
        return own.certificate();
    }

    /** Whether a CA's key has signed a certificate, whatever both are called. */
    static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A certificate for a server, with its own new key. */
    KeyAndChain server(X500Name subject, GeneralNames names, Duration life) {
        return issue(subject, names, KeyPurposeId.id_kp_serverAuth, life, newPair(random));
    }

    /** A certificate for a device, with this key. */
    KeyAndChain client(X500Name subject, Duration life, KeyPair pair) {
        return issue(subject, null, KeyPurposeId.id_kp_clientAuth, life, pair);
    }

    private KeyAndChain issue(
            X500Name subject, @Nullable GeneralNames names, KeyPurposeId purpose, Duration life, KeyPair pair) {
        X500Name issuer =
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
        JcaX509v3CertificateBuilder builder = builder(issuer, subject, pair, life, clock, random);
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            X509Certificate signed = sign(builder, new KeyPair(certificate().getPublicKey(), own.key()));
            return new KeyAndChain(pair.getPrivate(), List.of(signed, certificate()));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new PkiException("a certificate for " + subject + " cannot be made", e);
        }
    }

    static GeneralNames serverNames(String host) {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, host),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Duration life, Clock clock, SecureRandom random) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(life)),
                subject,
                pair.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("SHA256withRSA is not to be had", e);
        }
    }

    static KeyPair newPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is not to be had", e);
        }
    }
}
