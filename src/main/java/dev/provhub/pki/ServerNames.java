package dev.provhub.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** The host names that a server's certificate is for. */
public final class ServerNames {
    private static final int DNS_NAME = 2;

    private ServerNames() {}

    /** The common name without what follows a slash, as old phones read it; null when there is none. */
    public static @org.jspecify.annotations.Nullable String common(X509Certificate certificate) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 0
                ? null
                : IETFUtils.valueToString(names[0].getFirst().getValue())
                        .replaceFirst("/.*", "")
                        .toLowerCase(Locale.ROOT);
    }

    /** The common name and the DNS names among the alternative names, in lower case; one may begin with {@code *.}. */
    public static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        Stream.ofNullable(common(certificate)).forEach(names::add);
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                        .forEach(name -> names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT)));
            }
        } catch (CertificateParsingException e) {
            // What cannot be read names nothing
            return names;
        }
        return names;
    }

    /** Whether a certificate is for a host; an asterisk stands for one whole label, the first. */
    public static boolean include(X509Certificate certificate, String host) {
        String asked = host.toLowerCase(Locale.ROOT);
        String above = asked.contains(".") ? "*" + asked.substring(asked.indexOf('.')) : asked;
        Set<String> names = of(certificate);
        return names.contains(asked) || names.contains(above);
    }
}
