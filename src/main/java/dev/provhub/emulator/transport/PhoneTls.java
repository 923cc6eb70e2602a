package dev.provhub.emulator.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A phone's half of TLS. A CA that a profile adds counts from the next connection on. For a phone of the LEGACY
 * generation the caller has to relax {@code jdk.tls.disabledAlgorithms} before the first TLS class of the JVM is loaded.
 */
public final class PhoneTls {
    private final TlsGeneration generation;
    private final @Nullable Supplier<TlsIdentity> identity;
    private final List<X509Certificate> builtIn;
    private final CaFiles cas;
    private final Supplier<Instant> now;
    private volatile List<X509Certificate> added = List.of();

    /**
     * A phone as it leaves the factory.
     *
     * @param identity asked for at each handshake; null for a phone without a certificate
     * @param builtIn  CAs of its firmware
     * @param cas      reads files of CAs; may be shared
     * @param now      the time against which certificates are checked
     */
    public PhoneTls(
            TlsGeneration generation,
            @Nullable Supplier<TlsIdentity> identity,
            Collection<X509Certificate> builtIn,
            CaFiles cas,
            Supplier<Instant> now) {
        this.generation = generation;
        this.identity = identity;
        this.builtIn = List.copyOf(builtIn);
        this.cas = cas;
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
        List<X509Certificate> found = cas.read(pem);
        added = found;
        return found.size();
    }

    /** Trusts the built-in CAs alone, as after a factory reset. */
    public void distrustAdded() {
        added = List.of();
    }

    /** The PEM form of what {@link #trust} has added; empty when nothing was. */
    public List<X509Certificate> added() {
        return added;
    }

    /** Prepares the handshake for one connection. */
    Handshake handshake(PhoneUrl url, ServerName rule, PhoneLine line) throws IOException {
        SSLEngine engine = context().createSSLEngine(url.host(), url.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = new SSLParameters(generation.suites(), generation.protocols());
        if (!generation.serverNameIndication()) {
            parameters.setServerNames(List.of());
        }
        engine.setSSLParameters(parameters);
        return new Handshake(engine, url, rule, line);
    }

    /** One connection's TLS, and the look at who answers. */
    record Handshake(SSLEngine engine, PhoneUrl url, ServerName rule, PhoneLine line) {
        SslHandler handler(Duration patience) {
            SslHandler handler = new SslHandler(engine);
            handler.setHandshakeTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
            return handler;
        }

        /** Fails when the certificate is for somebody else. */
        CompletableFuture<Void> check(ChannelHandlerContext ctx) {
            try {
                X509Certificate server = (X509Certificate) engine.getSession().getPeerCertificates()[0];
                return rule.check(server, url.host(), address(ctx), name -> line.addresses(name, url.port()));
            } catch (SSLException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private static InetAddress address(ChannelHandlerContext ctx) {
            return ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        }
    }

    /** A fresh one for each connection: phones do full handshakes, and what is trusted may have changed. */
    private SSLContext context() throws IOException {
        List<X509Certificate> trusted = new ArrayList<>(builtIn);
        trusted.addAll(added);
        try {
            SSLContext fresh = SSLContext.getInstance("TLS");
            fresh.init(
                    new KeyManager[] {new OwnCertificate(identity == null ? null : identity.get())},
                    new TrustManager[] {new TrustedCas(trusted, now)},
                    null);
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not available", e);
        }
    }
}
