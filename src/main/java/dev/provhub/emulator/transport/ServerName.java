package dev.provhub.emulator.transport;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** How a family compares a server's certificate with the host of the URL (section 5.4). No wildcards. */
public enum ServerName {
    /** SPA: the common name, behind which {@code /text} may follow. */
    COMMON_NAME {
        @Override
        boolean matches(X509Certificate certificate, String host) {
            return commonName(certificate)
                    .map(name -> name.split("/", 2)[0].equalsIgnoreCase(host))
                    .orElse(false);
        }
    },
    /** ATA19x, MPP: the alternative names, or the common name where there are none. */
    ALTERNATIVE_NAMES {
        @Override
        boolean matches(X509Certificate certificate, String host) {
            List<String> names = alternativeNames(certificate);
            return names.isEmpty()
                    ? COMMON_NAME.matches(certificate, host)
                    : names.stream().anyMatch(host::equalsIgnoreCase);
        }
    },
    /** {@code HTTPS_Name_Validate} is No. */
    UNCHECKED {
        @Override
        boolean matches(X509Certificate certificate, String host) {
            return true;
        }
    };

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    abstract boolean matches(X509Certificate certificate, String host);

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
