package dev.provhub.emulator;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a phone holds for TLS.
 *
 * @param trustAnchors the CAs built into its firmware; may be empty
 * @param clientKey its own key and certificate, null for a phone without
 */
public record PhoneTls(
        List<X509Certificate> trustAnchors, @Nullable X509ExtendedKeyManager clientKey) {

    public PhoneTls {
        trustAnchors = List.copyOf(trustAnchors);
    }

    /** A phone that trusts nobody and has no certificate. */
    public static PhoneTls none() {
        return new PhoneTls(List.of(), null);
    }

    /**
     * A phone with the first key of a store, which it shows to every server that asks.
     *
     * @throws GeneralSecurityException if the store has no key that this password opens
     */
    public static PhoneTls of(List<X509Certificate> trustAnchors, KeyStore keys, char[] password)
            throws GeneralSecurityException {
        return new PhoneTls(trustAnchors, ClientKey.firstOf(keys, password));
    }
}
