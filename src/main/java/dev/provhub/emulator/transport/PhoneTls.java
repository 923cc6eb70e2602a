package dev.provhub.emulator.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A phone's half of TLS. A CA that a profile adds counts from the next connection on. For a phone of the LEGACY
 * generation the caller has to relax {@code jdk.tls.disabledAlgorithms} before the first TLS class of the JVM is loaded.
 */
public final class PhoneTls {
    private final TlsGeneration generation;
    private final @Nullable TlsIdentity identity;
    private final List<X509Certificate> builtIn;
    private final Supplier<Instant> now;
    private volatile List<X509Certificate> added = List.of();
    private volatile @Nullable SSLContext context;

    /**
     * A phone as it leaves the factory.
     *
     * @param identity null for a phone without a certificate
     * @param builtIn  CAs of its firmware
     * @param now      the time against which certificates are checked
     */
    public PhoneTls(
            TlsGeneration generation,
            @Nullable TlsIdentity identity,
            Collection<X509Certificate> builtIn,
            Supplier<Instant> now) {
        this.generation = generation;
        this.identity = identity;
        this.builtIn = List.copyOf(builtIn);
        this.now = now;
    }

    /** Whether the phone has a certificate of its own: {@code $CCERT}. */
    public boolean hasIdentity() {
        return identity != null;
    }

    /**
     * Trusts a file of CAs besides the built-in ones, in place of what was added before.
     *
     * @param pem one or more PEM certificates
     * @return how many
     * @throws CertificateException when there is none, or one cannot be read; what was trusted stays
     */
    public int trust(byte[] pem) throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            found.add((X509Certificate) certificate);
        }
        if (found.isEmpty()) {
            throw new CertificateException("no certificate in the CA file");
        }
        added = List.copyOf(found);
        context = null;
        return found.size();
    }

    /** Does the handshake over a connected socket and checks who answers. */
    SSLSocket handshake(Socket plain, PhoneUrl url, ServerName rule) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, url.host(), url.port(), true);
        SSLParameters parameters = new SSLParameters(generation.suites(), generation.protocols());
        if (!generation.serverNameIndication()) {
            parameters.setServerNames(List.of());
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate server = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        if (!rule.matches(server, url.host())) {
            throw new SSLPeerUnverifiedException("server certificate is not for " + url.host());
        }
        return socket;
    }

    private SSLContext context() throws IOException {
        SSLContext ready = context;
        return ready != null ? ready : newContext();
    }

    private SSLContext newContext() throws IOException {
        List<X509Certificate> trusted = new ArrayList<>(builtIn);
        trusted.addAll(added);
        try {
            SSLContext fresh = SSLContext.getInstance("TLS");
            fresh.init(
                    new KeyManager[] {new OwnCertificate(identity)},
                    new TrustManager[] {new TrustedCas(trusted, now)},
                    null);
            // Phones do full handshakes; a resumed session would also outlive a change of the trusted CAs
            fresh.getClientSessionContext().setSessionTimeout(1);
            context = fresh;
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not available", e);
        }
    }
}
