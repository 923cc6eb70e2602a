package dev.provhub.emulator;

import dev.provhub.emulator.PhoneModel.TlsGeneration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS as one phone speaks it: version and suites of its generation, its own trust, its own certificate (protocol sections
 * 5.4 and 5.6). The legacy generation needs a JVM whose {@code jdk.tls.disabledAlgorithms} allows TLSv1. Thread-safe.
 */
final class TlsSockets {

    private static final String[] LEGACY_SUITES = {
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA"
    };

    private final TlsGeneration generation;
    private final PhoneTls material;
    private volatile List<X509Certificate> customAnchors = List.of();

    TlsSockets(TlsGeneration generation, PhoneTls material) {
        this.generation = generation;
        this.material = material;
    }

    /**
     * Trusts these too, from the next connection on; they replace those of the time before.
     *
     * @throws GeneralSecurityException if it is no certificate file
     */
    void trustAlso(byte[] pem) throws GeneralSecurityException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        customAnchors = certificates.stream().map(X509Certificate.class::cast).toList();
    }

    /** Shakes hands over a connected socket; closing the result closes that socket. */
    SSLSocket secure(Socket plain, String host, int port) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
            socket.setUseClientMode(true);
            if (generation == TlsGeneration.LEGACY) {
                socket.setEnabledProtocols(new String[] {"TLSv1"});
                socket.setEnabledCipherSuites(LEGACY_SUITES);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of());
                socket.setSSLParameters(parameters);
            } else {
                socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
            }
            socket.startHandshake();
            ServerName.require(host, (X509Certificate) socket.getSession().getPeerCertificates()[0]);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    /** A new one per connection, so that no session of an earlier trust is resumed. */
    private SSLContext context() throws GeneralSecurityException, IOException {
        List<X509Certificate> anchors = new ArrayList<>(material.trustAnchors());
        anchors.addAll(customAnchors);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < anchors.size(); i++) {
            trusted.setCertificateEntry("ca" + i, anchors.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = material.clientKey() == null ? new KeyManager[0] : new KeyManager[] {material.clientKey()};
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}
