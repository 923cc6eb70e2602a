package dev.provhub.emulator.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/** How a family compares a server's certificate with the host of the URL (section 5.4). No wildcards. */
public enum ServerName {
    /**
     * SPA: the common name, behind which {@code /text} may follow, is looked up, and the server's address must be in the
     * answer.
     */
    COMMON_NAME {
        @Override
        CompletableFuture<Void> check(
                X509Certificate certificate, String host, InetAddress address, NameLookup lookup) {
            Optional<String> name = commonName(certificate).map(text -> text.split("/", 2)[0]);
            if (name.isEmpty()) {
                return refused(host);
            }
            return lookup.addresses(name.get())
                    .exceptionally(unknown -> List.of())
                    .thenCompose(addresses -> addresses.stream().anyMatch(one -> address.equals(one.getAddress()))
                            ? ACCEPTED
                            : refused(host));
        }
    },
    /** ATA19x, MPP: the alternative names, or the common name where there are none. */
    ALTERNATIVE_NAMES {
        @Override
        CompletableFuture<Void> check(
                X509Certificate certificate, String host, InetAddress address, NameLookup lookup) {
            List<String> names = alternativeNames(certificate);
            boolean named = names.isEmpty()
                    ? commonName(certificate).filter(host::equalsIgnoreCase).isPresent()
                    : names.stream().anyMatch(host::equalsIgnoreCase);
            return named ? ACCEPTED : refused(host);
        }
    },
    /** {@code HTTPS_Name_Validate} is No. */
    UNCHECKED {
        @Override
        CompletableFuture<Void> check(
                X509Certificate certificate, String host, InetAddress address, NameLookup lookup) {
            return ACCEPTED;
        }
    };

    private static final CompletableFuture<Void> ACCEPTED = CompletableFuture.completedFuture(null);
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface NameLookup {
        CompletableFuture<List<InetSocketAddress>> addresses(String name);
    }

    /**
     * Checks a certificate whose chain is good.
     *
     * @param host    of the URL
     * @param address who answered
     * @return fails with an {@link SSLPeerUnverifiedException} when it is for somebody else
     */
    abstract CompletableFuture<Void> check(
            X509Certificate certificate, String host, InetAddress address, NameLookup lookup);

    private static CompletableFuture<Void> refused(String host) {
        return CompletableFuture.failedFuture(new SSLPeerUnverifiedException("server certificate is not for " + host));
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(Object::toString)
                            .reduce((general, specific) -> specific);
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            List<String> names = new ArrayList<>();
            for (List<?> entry : entries == null ? List.<List<?>>of() : entries) {
                if (entry.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                    names.add(String.valueOf(entry.get(1)));
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
