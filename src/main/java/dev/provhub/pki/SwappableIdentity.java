package dev.provhub.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a listener shows of itself: one certificate, and further ones for clients that name another host in their greeting
 * (server name indication, RFC 6066). Who names none, or an unknown one, gets the usual one: phones ask by address. May be
 * changed while connections come in; a handshake that runs ends with what it began with.
 */
public final class SwappableIdentity extends X509ExtendedKeyManager {
    private static final String USUAL = "";

    private volatile Generation current;
    /** For a handshake that has chosen, but not yet fetched, when there is a change. */
    private volatile Generation before;

    /** @param first what is shown until it is changed */
    public SwappableIdentity(KeyAndChain first) {
        this(new Shown(first, Map.of()));
    }

    /** @param first what is shown until it is changed */
    public SwappableIdentity(Shown first) {
        this.current = new Generation(0, first);
        this.before = current;
    }

    /**
     * What a listener shows.
     *
     * @param usual   to everybody, unless a further one fits better
     * @param further by host name, in lower case
     */
    public record Shown(KeyAndChain usual, Map<String, KeyAndChain> further) {
        /** Copies and sorts the map. */
        public Shown {
            further = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(further));
        }

        private KeyAndChain of(String host) {
            KeyAndChain named = host.equals(USUAL) ? null : further.get(host);
            return named == null ? usual : named;
        }

        /** The one that is kept under the name, else one that is made out to it, else the usual one. */
        private String fitting(String host) {
            if (further.containsKey(host)) {
                return host;
            }
            if (ServerNames.include(usual.certificate(), host)) {
                return USUAL;
            }
            return further.entrySet().stream()
                    .filter(one -> ServerNames.include(one.getValue().certificate(), host))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(USUAL);
        }

        private SortedMap<String, java.util.List<X509Certificate>> chains() {
            SortedMap<String, java.util.List<X509Certificate>> chains = new TreeMap<>();
            chains.put(USUAL, usual.chain());
            further.forEach((host, pair) -> chains.put(host, pair.chain()));
            return chains;
        }
    }

    private record Generation(long number, Shown shown) {
        String alias(String host) {
            return number + "/" + host;
        }
    }

    /** What is shown now. */
    public Shown shown() {
        return current.shown();
    }

    /** Shows something else from the next handshake on; false when it is the same as before. */
    public boolean change(Shown next) {
        Generation last = current;
        if (last.shown().chains().equals(next.chains())) {
            return false;
        }
        before = last;
        current = new Generation(last.number() + 1, next);
        return true;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType, engine == null ? null : engine.getHandshakeSession());
    }

    private @Nullable String choose(String keyType, @Nullable SSLSession handshake) {
        Generation now = current;
        String host = asked(handshake).map(now.shown()::fitting).orElse(USUAL);
        String algorithm = now.shown().of(host).certificate().getPublicKey().getAlgorithm();
        return keyType.startsWith(algorithm) ? now.alias(host) : null;
    }

    private static Optional<String> asked(@Nullable SSLSession handshake) {
        return handshake instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                        .map(SwappableIdentity::host)
                        .findFirst()
                : Optional.empty();
    }

    private static String host(javax.net.ssl.SNIServerName name) {
        if (name instanceof SNIHostName host) {
            return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
        try {
            return new SNIHostName(name.getEncoded()).getAsciiName().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // No name that anything could be kept under
            return USUAL;
        }
    }

    private KeyAndChain of(String alias) {
        int slash = alias.indexOf('/');
        Generation chosen = current;
        if (!alias.substring(0, slash).equals(String.valueOf(chosen.number()))) {
            chosen = before;
        }
        return chosen.shown().of(alias.substring(slash + 1));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {current.alias(USUAL)};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
