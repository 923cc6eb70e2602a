package dev.provhub.listen;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.support.jsse.CipherSuitesParameters;
import org.apache.camel.support.jsse.ClientAuthentication;
import org.apache.camel.support.jsse.FilterParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/**
 * What TLS a listener for phones speaks. Each listener names its protocols and suites itself, because what the JVM
 * forbids is relaxed for all of them as soon as one speaks the old TLS. A client certificate is wanted, not needed: who it
 * is, is judged after the handshake.
 */
public final class ListenerTls {
    private static final List<String> MODERN_PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");
    private static final List<String> MODERN_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    private static final List<String> LEGACY_PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2");
    /** What the firmware of the SPA family lists and this JVM has; RC4, DES and the export suites are left out. */
    private static final List<String> LEGACY_SUITES = List.of(
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");

    private ListenerTls() {}

    /** TLS 1.2 and 1.3 with forward secrecy. */
    public static SSLContextParameters modern(X509ExtendedKeyManager keys, X509TrustManager clients) {
        return parameters(keys, clients, MODERN_PROTOCOLS, MODERN_SUITES);
    }

    /** TLS 1.0 and RSA suites, for phones that speak nothing newer. */
    public static SSLContextParameters legacy(X509ExtendedKeyManager keys, X509TrustManager clients) {
        return parameters(keys, clients, LEGACY_PROTOCOLS, LEGACY_SUITES);
    }

    private static SSLContextParameters parameters(
            X509ExtendedKeyManager keys, X509TrustManager clients, List<String> protocols, List<String> suites) {
        SSLContextServerParameters server = new SSLContextServerParameters();
        server.setClientAuthentication(ClientAuthentication.WANT.name());
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(clients);

        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(new GivenKeys(keys));
        parameters.setTrustManagers(trust);
        parameters.setServerParameters(server);
        parameters.setSecureSocketProtocols(protocolsOf(protocols));
        parameters.setSecureSocketProtocolsFilter(only(protocols, "SSLv.*"));
        parameters.setCipherSuites(suitesOf(suites));
        // Jetty's own exclusions would take the old suites away again: naming one replaces them all.
        parameters.setCipherSuitesFilter(only(suites, ".*_NULL_.*"));
        return parameters;
    }

    private static SecureSocketProtocolsParameters protocolsOf(List<String> names) {
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.setSecureSocketProtocol(names);
        return protocols;
    }

    private static CipherSuitesParameters suitesOf(List<String> names) {
        CipherSuitesParameters suites = new CipherSuitesParameters();
        suites.setCipherSuite(names);
        return suites;
    }

    private static FilterParameters only(List<String> included, String excluded) {
        FilterParameters filter = new FilterParameters();
        filter.getInclude().addAll(included);
        filter.getExclude().add(excluded);
        return filter;
    }

    /** Hands on a key manager that exists already. */
    private static final class GivenKeys extends KeyManagersParameters {
        private final X509ExtendedKeyManager keys;

        GivenKeys(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public KeyManager[] createKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
