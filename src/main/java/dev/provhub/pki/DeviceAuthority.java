package dev.provhub.pki;

import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * A CA whose device certificates are believed.
 *
 * @param certificate of the CA
 * @param families    families of models that it signs for; empty for all
 */
public record DeviceAuthority(X509Certificate certificate, Set<String> families) {
    /** Copies the set. */
    public DeviceAuthority {
        families = Set.copyOf(families);
    }
}
