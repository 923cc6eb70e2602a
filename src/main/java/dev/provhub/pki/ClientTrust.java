package dev.provhub.pki;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a client that trusts what one file says, and nothing else. The name in the certificate is not compared: the client
 * asks by an address, and what it trusts stands for one server.
 */
public final class ClientTrust {
    private ClientTrust() {}

    /**
     * Trusts servers whose certificate an authority has signed that signs for nobody else.
     *
     * @param file PEM of the authority
     * @throws PkiException naming the file when it cannot be read
     */
    public static SSLContext authority(Path file) {
        return of(file, Pem.certificates(file), null);
    }

    /**
     * Trusts servers whose certificate an authority has signed, and shows a certificate of its own when it is asked for one.
     *
     * @param file PEM of the authority
     * @throws PkiException naming the file when it cannot be read
     */
    public static SSLContext authority(Path file, KeyAndChain own) {
        return of(file, Pem.certificates(file), own);
    }

    /**
     * Trusts the server that shows this very certificate.
     *
     * @param file PEM, the server's own certificate first
     * @throws PkiException naming the file when it cannot be read
     */
    public static SSLContext server(Path file) {
        return of(file, Pem.certificates(file).subList(0, 1), null);
    }

    private static SSLContext of(Path file, List<X509Certificate> trusted, @Nullable KeyAndChain own) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("trusted" + i, trusted.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            X509TrustManager chains = Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(own), new TrustManager[] {new ChainAlone(chains)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new PkiException(file + " cannot be trusted: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(@Nullable KeyAndChain own)
            throws GeneralSecurityException, IOException {
        if (own == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** Looks at the chain and at nothing that the connection knows. */
    private static final class ChainAlone extends X509ExtendedTrustManager {
        private final X509TrustManager chains;

        ChainAlone(X509TrustManager chains) {
            this.chains = chains;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            chains.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return chains.getAcceptedIssuers();
        }
    }
}
