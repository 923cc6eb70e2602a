package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device's subject: {@code OU=<product>, L=<serial>, ST=<mac>}, or another form with a MAC somewhere in it. Serials
 * are left out of that search, because some look like a MAC.
 */
final class CertificateSubject {
    private static final Pattern TWELVE_HEX = Pattern.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{12}(?![0-9A-Fa-f])");
    private static final Set<ASN1ObjectIdentifier> SERIALS = Set.of(BCStyle.L, BCStyle.SERIALNUMBER);

    private final X500Name name;

    CertificateSubject(X509Certificate certificate) {
        this.name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    /** Every MAC it names; one is as it must be. */
    Set<MacAddress> macs() {
        Set<MacAddress> found = new LinkedHashSet<>();
        values(BCStyle.ST).forEach(value -> MacAddress.find(value).ifPresent(found::add));
        if (found.isEmpty()) {
            for (RDN rdn : name.getRDNs()) {
                if (!SERIALS.contains(rdn.getFirst().getType())) {
                    Matcher matcher = TWELVE_HEX.matcher(
                            IETFUtils.valueToString(rdn.getFirst().getValue()));
                    while (matcher.find()) {
                        found.add(new MacAddress(matcher.group().toLowerCase(Locale.ROOT)));
                    }
                }
            }
        }
        return found;
    }

    @Nullable
    String serial() {
        return first(BCStyle.L) != null ? first(BCStyle.L) : first(BCStyle.SERIALNUMBER);
    }

    @Nullable
    String productNumber() {
        return first(BCStyle.OU);
    }

    boolean holdsOneOf(Set<String> words) {
        for (RDN rdn : name.getRDNs()) {
            String value = IETFUtils.valueToString(rdn.getFirst().getValue()).toLowerCase(Locale.ROOT);
            if (words.contains(value)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String first(ASN1ObjectIdentifier type) {
        List<String> values = values(type);
        return values.isEmpty() ? null : values.get(0);
    }

    private List<String> values(ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN rdn : name.getRDNs(type)) {
            values.add(IETFUtils.valueToString(rdn.getFirst().getValue()));
        }
        return values;
    }
}
