package dev.provhub.pki;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.bouncycastle.asn1.x500.X500Name;

/** Certificates of subjects that no device of the development CA would have. */
public final class TestCertificates {
    private TestCertificates() {}

    /** Signed by the development CA of a hub's data folder. */
    public static KeyAndChain of(Path data, X500Name subject) {
        Path folder = data.resolve("certs");
        KeyAndChain ca =
                new KeyAndChain(Pem.privateKey(folder.resolve("ca.key")), Pem.certificates(folder.resolve("ca.crt")));
        return new CertificateAuthority(ca, Clock.systemUTC(), new SecureRandom())
                .client(subject, Duration.ofDays(10), HubCertificates.newDeviceKey());
    }
}
