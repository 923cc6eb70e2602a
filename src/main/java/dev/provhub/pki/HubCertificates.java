package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import dev.provhub.secrets.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a hub, in one folder: the development CA, the server certificates of both HTTPS listeners, and
 * certificates for virtual devices. Made on first start; a server certificate is made anew when its name has changed or it
 * is about to expire, as long as the development CA signed it.
 */
public final class HubCertificates {
    private static final String CA_NAME = "CN=Provisioning Hub development CA";
    private static final Duration SERVER_LIFE = Duration.ofDays(820);
    private static final Duration DEVICE_LIFE = Duration.ofDays(3650);
    private static final Duration RENEWED_BEFORE_EXPIRY = Duration.ofDays(30);

    private static final String PENDING = ".pending.key";

    private final Path folder;
    private final Clock clock;
    private final List<String> made = new ArrayList<>();
    private final CertificateAuthority authority;

    private HubCertificates(Path folder, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.authority = new CertificateAuthority(openAuthority(random), clock, random);
    }

    /**
     * Opens the folder, and makes a development CA when there is none.
     *
     * @throws PkiException naming the file that is not as it must be
     */
    public static HubCertificates open(Path folder, Clock clock, SecureRandom random) {
        try {
            Files.createDirectories(folder);
            return new HubCertificates(folder, clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    private KeyAndChain openAuthority(SecureRandom random) {
        if (!Files.exists(folder.resolve("ca.crt"))) {
            store("ca", CertificateAuthority.selfSigned(CA_NAME, clock, random));
            made.add("development CA in " + folder);
        }
        return load("ca");
    }

    /** What was made by this call of the program, one line each. */
    public List<String> made() {
        return List.copyOf(made);
    }

    /** Certificate of the development CA. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The same as PEM, as phones may fetch it. */
    public String authorityPem() {
        return Pem.text(authority());
    }

    /**
     * Key and chain of a listener.
     *
     * @param name of the files, e.g. {@code server}
     * @param host becomes the CN, which old phones compare, and one of the subject alternative names
     */
    public KeyAndChain server(String name, String host) {
        if (Files.exists(folder.resolve(name + ".crt"))) {
            KeyAndChain present = load(name);
            if (!isOurs(present) || (isFor(present, host) && !isEnding(present))) {
                return present;
            }
        }
        KeyAndChain fresh = authority.server(
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host).build(),
                CertificateAuthority.serverNames(host),
                SERVER_LIFE);
        store(name, fresh);
        made.add("certificate " + name + ".crt for " + host + " in " + folder);
        return fresh;
    }

    /** A certificate as a device of the vendor would have it, signed by the development CA: {@code OU=PN, L=serial, ST=mac}. */
    public KeyAndChain issueDevice(MacAddress mac, String serial, String productNumber) {
        return issueDevice(mac, serial, productNumber, newDeviceKey());
    }

    /** A key for {@link #issueDevice(MacAddress, String, String, KeyPair)}; making one takes a tenth of a second or more. */
    public static KeyPair newDeviceKey() {
        return CertificateAuthority.newPair(new SecureRandom());
    }

    /** The same with a key that is there already: very many virtual devices may share one. */
    public KeyAndChain issueDevice(MacAddress mac, String serial, String productNumber, KeyPair pair) {
        return authority.client(
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.OU, productNumber)
                        .addRDN(BCStyle.L, serial)
                        .addRDN(BCStyle.ST, mac.hex())
                        .build(),
                DEVICE_LIFE,
                pair);
    }

    /**
     * A certificate of the hub's own.
     *
     * @param name of its files, e.g. {@code server-legacy}
     */
    public record Own(String name, String subject, String issuer, Instant notAfter) {}

    /** Those that are there: the CA and the listeners'. */
    public List<Own> own() {
        List<Own> all = new ArrayList<>();
        for (String name : List.of("ca", "server", "server-legacy")) {
            Path file = folder.resolve(name + ".crt");
            if (Files.exists(file)) {
                X509Certificate certificate = Pem.certificates(file).get(0);
                all.add(new Own(
                        name,
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getIssuerX500Principal().getName(),
                        certificate.getNotAfter().toInstant()));
            }
        }
        return all;
    }

    /**
     * Makes a new key, which waits as {@code <name>.pending.key}, and a request for a CA to sign (RFC 2986), as PEM.
     *
     * @param name         of a listener's files
     * @param host         becomes CN and subject alternative name
     * @param organization null to leave it out
     */
    public String request(String name, String host, @Nullable String organization) {
        KeyPair pair = newDeviceKey();
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host);
        if (organization != null) {
            subject.addRDN(BCStyle.O, organization);
        }
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            String request = Pem.text(new JcaPKCS10CertificationRequestBuilder(subject.build(), pair.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            SecretFile.write(folder.resolve(name + PENDING), Pem.text(pair.getPrivate()));
            return request;
        } catch (IOException | OperatorCreationException e) {
            throw new PkiException("a request for " + host + " cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Takes in what a CA has signed for the key that waits, or for the one in use.
     *
     * @param name of a listener's files
     * @param file PEM: the certificate, then the CAs above it
     * @return what was taken, a line for people
     * @throws PkiException saying why it is not taken; nothing has changed then
     */
    public String accept(String name, Path file) {
        List<X509Certificate> chain = Pem.certificates(file);
        X509Certificate own = chain.get(0);
        Path pending = folder.resolve(name + PENDING);
        PrivateKey key =
                Files.exists(pending) ? Pem.privateKey(pending) : Pem.privateKey(folder.resolve(name + ".key"));
        KeyAndChain fresh = new KeyAndChain(key, chain);
        if (!belongTogether(fresh)) {
            throw new PkiException(file + ": its first certificate is not of the key that waits in " + folder
                    + "; './hub cert csr' makes the request that fits");
        }
        if (own.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new PkiException(file + ": it ended on " + own.getNotAfter().toInstant());
        }
        for (int link = 0; link + 1 < chain.size(); link++) {
            if (!chain.get(link)
                    .getIssuerX500Principal()
                    .equals(chain.get(link + 1).getSubjectX500Principal())) {
                throw new PkiException(
                        file + ": certificate " + (link + 2) + " is not the CA of certificate " + (link + 1));
            }
        }
        store(name, fresh);
        try {
            Files.deleteIfExists(pending);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + pending, e);
        }
        return name + ".crt is now " + own.getSubjectX500Principal().getName() + ", signed by "
                + own.getIssuerX500Principal().getName() + ", until "
                + own.getNotAfter().toInstant();
    }

    private boolean isOurs(KeyAndChain present) {
        return present.certificate().getIssuerX500Principal().equals(authority().getSubjectX500Principal());
    }

    private boolean isEnding(KeyAndChain present) {
        return present.certificate()
                .getNotAfter()
                .toInstant()
                .isBefore(clock.instant().plus(RENEWED_BEFORE_EXPIRY));
    }

    private static boolean isFor(KeyAndChain present, String host) {
        return present.certificate().getSubjectX500Principal().getName().equals("CN=" + host);
    }

    private void store(String name, KeyAndChain pair) {
        try {
            SecretFile.write(folder.resolve(name + ".key"), pair.keyPem());
            Path part = folder.resolve(name + ".crt.part");
            Files.writeString(part, pair.chainPem());
            Files.move(part, folder.resolve(name + ".crt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write certificates into " + folder, e);
        }
    }

    private KeyAndChain load(String name) {
        return load(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    /**
     * Reads a certificate that somebody else has made.
     *
     * @throws PkiException naming the file that is not as it must be
     */
    public static KeyAndChain load(Path certificate, Path key) {
        KeyAndChain pair = new KeyAndChain(Pem.privateKey(key), Pem.certificates(certificate));
        if (!belongTogether(pair)) {
            throw new PkiException(key + " is not the key of " + certificate.getFileName());
        }
        return pair;
    }

    private static boolean belongTogether(KeyAndChain pair) {
        try {
            PublicKey publicKey = pair.certificate().getPublicKey();
            Signature signature =
                    Signature.getInstance("RSA".equals(publicKey.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA");
            byte[] probe = {1, 2, 3};
            signature.initSign(pair.key());
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
