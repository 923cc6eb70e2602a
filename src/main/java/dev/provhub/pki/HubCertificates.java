package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import dev.provhub.secrets.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

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
        KeyAndChain pair = new KeyAndChain(
                Pem.privateKey(folder.resolve(name + ".key")), Pem.certificates(folder.resolve(name + ".crt")));
        if (!belongTogether(pair)) {
            throw new PkiException(folder.resolve(name + ".key") + " is not the key of " + name + ".crt");
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
