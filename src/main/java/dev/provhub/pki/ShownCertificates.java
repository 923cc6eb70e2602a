package dev.provhub.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificates that the listeners show now, by listener. */
public final class ShownCertificates implements CertificateEnds {
    private final Map<String, SwappableIdentity> listeners;
    private final X509Certificate authority;

    /**
     * Watches what listeners show.
     *
     * @param listeners those that are enabled and speak TLS, by name, in order
     * @param authority the development CA
     */
    public ShownCertificates(Map<String, SwappableIdentity> listeners, X509Certificate authority) {
        this.listeners = new LinkedHashMap<>(listeners);
        this.authority = authority;
    }

    @Override
    public List<End> all() {
        List<End> all = new ArrayList<>();
        listeners.forEach((name, identity) -> {
            SwappableIdentity.Shown shown = identity.shown();
            add(all, name, shown.usual());
            shown.further().forEach((host, pair) -> add(all, name + "/" + host, pair));
        });
        all.add(end("development-ca", authority, Duration.ZERO));
        return all;
    }

    private void add(List<End> all, String name, KeyAndChain pair) {
        boolean ours = CertificateAuthority.hasSigned(authority, pair.certificate());
        all.add(end(name, pair.certificate(), ours ? HubCertificates.RENEWED_BEFORE_END : Duration.ZERO));
        for (int link = 1; link < pair.chain().size(); link++) {
            if (!pair.chain().get(link).equals(authority)) {
                all.add(end(name + "#" + (link + 1), pair.chain().get(link), Duration.ZERO));
            }
        }
    }

    private static End end(String name, X509Certificate certificate, Duration renewedBefore) {
        return new End(
                name,
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotAfter().toInstant(),
                renewedBefore);
    }
}
