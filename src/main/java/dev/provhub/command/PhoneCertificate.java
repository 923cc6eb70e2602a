package dev.provhub.command;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.transport.TlsIdentity;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual phone has in its flash for TLS.
 *
 * @param own     null for a phone without a certificate
 * @param trusted CAs built into its firmware
 */
record PhoneCertificate(@Nullable TlsIdentity own, List<X509Certificate> trusted) {
    /** Copies the list. */
    PhoneCertificate {
        trusted = List.copyOf(trusted);
    }

    static PhoneCertificate none() {
        return new PhoneCertificate(null, List.of());
    }

    /** {@code device.crt}, {@code device.key} and {@code ca.crt} of a folder. */
    static PhoneCertificate of(Path folder) {
        try {
            return new PhoneCertificate(
                    new TlsIdentity(key(folder.resolve("device.key")), certificates(folder.resolve("device.crt"))),
                    certificates(folder.resolve("ca.crt")));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalConfigurationException("--certificate " + folder
                    + ": needs device.crt, device.key and ca.crt as ./hub cert device writes them; " + e.getMessage());
        }
    }

    /** Made by the development CA of a hub on this machine; none where there is no such CA. */
    static PhoneCertificate ofThisHub(Path data, PhoneIdentity identity, Clock clock) throws IOException {
        if (!Files.exists(data.resolve("certs/ca.crt"))) {
            return none();
        }
        HubCertificates certificates = DeviceCertificates.open(data, clock);
        KeyAndChain device = certificates.issueDevice(
                MacAddress.parse(identity.mac()),
                identity.serial(),
                identity.model().productNumber());
        return new PhoneCertificate(new TlsIdentity(device.key(), device.chain()), List.of(certificates.authority()));
    }

    /** With more CAs. */
    PhoneCertificate trusting(Path pem) {
        List<X509Certificate> all = new ArrayList<>(trusted);
        all.addAll(certificates("--ca", pem));
        return new PhoneCertificate(own, all);
    }

    /** Those of a file that an option names. */
    static List<X509Certificate> certificates(String option, Path pem) {
        try {
            return certificates(pem);
        } catch (NoSuchFileException e) {
            throw new IllegalConfigurationException(option + " " + pem + ": no such file");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalConfigurationException(option + " " + pem + ": not a PEM file of certificates");
        }
    }

    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) certificate);
            }
        }
        if (found.isEmpty()) {
            throw new IOException("no certificate in " + file);
        }
        return found;
    }

    static PrivateKey key(Path file) throws IOException {
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
            Object read = pem.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            if (read instanceof PEMKeyPair pair) {
                return converter.getKeyPair(pair).getPrivate();
            } else if (read instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
            throw new PEMException("no private key in " + file);
        }
    }
}
