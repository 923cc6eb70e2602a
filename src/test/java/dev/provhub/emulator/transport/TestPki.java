package dev.provhub.emulator.transport;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA for tests, and what it has signed. */
public final class TestPki {
    /** When the certificates are valid. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final KeyPair caKeys = keys();
    private final X509Certificate ca;
    private int serial = 1;

    public TestPki(String name) throws Exception {
        ca = sign("CN=" + name, caKeys, List.of(), true);
    }

    /** A certificate with its key. */
    public record Issued(KeyPair keys, X509Certificate certificate) {}

    public X509Certificate ca() {
        return ca;
    }

    public byte[] pem() throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(ca);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public Issued issue(String subject, GeneralName... names) throws Exception {
        KeyPair keys = keys();
        return new Issued(keys, sign(subject, keys, List.of(names), false));
    }

    public TlsIdentity identity(String subject) throws Exception {
        Issued issued = issue(subject);
        return new TlsIdentity(issued.keys().getPrivate(), List.of(issued.certificate()));
    }

    /** A server's side: its certificate, and trust in clients of this CA. */
    public SSLContext server(Issued server) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", server.keys().getPrivate(), new char[0], new X509Certificate[] {server.certificate(), ca});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustOfClients(), null);
        return context;
    }

    private TrustManager[] trustOfClients() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", ca);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(String subject, KeyPair keys, List<GeneralName> names, boolean authority)
            throws Exception {
        X500Name issuer = authority
                ? new X500Name(subject)
                : new X500Name(ca.getSubjectX500Principal().getName());
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(serial++),
                Date.from(NOW.minus(365, ChronoUnit.DAYS)),
                Date.from(NOW.plus(3650, ChronoUnit.DAYS)),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(caKeys.getPrivate())));
    }
}
