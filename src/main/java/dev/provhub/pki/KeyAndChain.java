package dev.provhub.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that speak for it.
 *
 * @param key   secret
 * @param chain its own certificate first
 */
public record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {
    /** Copies the chain. */
    public KeyAndChain {
        chain = List.copyOf(chain);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The chain as PEM. */
    public String chainPem() {
        return Pem.text(chain.toArray());
    }

    /** The key as PEM (PKCS #8, not encrypted): secret. */
    public String keyPem() {
        return Pem.text(key);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "KeyAndChain[" + certificate().getSubjectX500Principal() + "]";
    }
}
