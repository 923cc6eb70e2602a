package dev.provhub.device;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a phone asked, freed of the transport's own words.
 *
 * @param transport    how it came in
 * @param name         path or file name as it was asked, percent signs decoded, without query; case as sent
 * @param query        what stands behind the question mark, as it was sent; empty for none
 * @param host         host and port that it was sent to, as the phone names them; null over TFTP and when it names none
 * @param userAgent    what the phone calls itself; null when it did not
 * @param remote       address and port it came from, as text for the log
 * @param certificates chain that the phone proved to hold the key of, its own first; empty without TLS or certificate
 */
public record DeviceRequest(
        Transport transport,
        String name,
        String query,
        @Nullable String host,
        @Nullable String userAgent,
        String remote,
        List<X509Certificate> certificates) {
    /** Copies the chain. */
    public DeviceRequest {
        certificates = List.copyOf(certificates);
    }

    /** The address it came from, without port. */
    public String address() {
        return remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
    }

    /** A value in the query, e.g. of {@code sn}; null when it is not there. Only a hint. */
    public @Nullable String asked(String field) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(field + "=")) {
                return pair.substring(field.length() + 1);
            }
        }
        return null;
    }
}
