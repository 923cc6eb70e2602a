package dev.provhub.emulator;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whether a server's certificate is for the host of the URL: its CN or one of its SANs, no wildcards (section 5.4). */
final class ServerName {

    private ServerName() {}

    /** @throws CertificateException if the certificate is for somebody else; the message lists for whom */
    static void require(String host, X509Certificate certificate) throws GeneralSecurityException {
        List<String> names = names(certificate);
        if (names.stream().noneMatch(host::equalsIgnoreCase)) {
            throw new CertificateException("server certificate is for " + names + ", not for " + host);
        }
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(alternative -> names.add(String.valueOf(alternative.get(1))));
        }
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    // CN=pv.telco.net/mailto:x@y: what follows the slash is no part of the name
                    names.add(String.valueOf(part.getValue()).replaceFirst("/.*$", ""));
                }
            }
        } catch (InvalidNameException e) {
            throw new CertificateException("server certificate has no readable subject", e);
        }
        return names;
    }
}
