package dev.provhub.emulator.transport;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The device's own certificate (section 5.5).
 *
 * @param key   private key of the first certificate
 * @param chain the device's certificate first
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    /** @throws IllegalArgumentException when the chain is empty */
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a TLS identity needs a certificate");
        }
    }

    /**
     * Takes the only key entry of a key store.
     *
     * @param store    loaded
     * @param password of the key
     * @throws IllegalArgumentException when there is no key entry with X.509 certificates, or more than one
     */
    public static TlsIdentity of(KeyStore store, char[] password) throws GeneralSecurityException {
        List<String> aliases = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                aliases.add(alias);
            }
        }
        if (aliases.size() != 1 || !(store.getKey(aliases.get(0), password) instanceof PrivateKey key)) {
            throw new IllegalArgumentException(
                    "key store has " + aliases.size() + " key entries, one private key is needed");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(aliases.get(0))) {
            chain.add((X509Certificate) certificate);
        }
        return new TlsIdentity(key, chain);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
