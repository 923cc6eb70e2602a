package dev.provhub.device;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a phone asked, freed of the transport's own words.
 *
 * @param transport    how it came in
 * @param name         path or file name as it was asked, percent signs decoded, without query; case as sent
 * @param host         host and port that it was sent to, as the phone names them; null over TFTP and when it names none
 * @param userAgent    what the phone calls itself; null when it did not
 * @param remote       address and port it came from, as text for the log
 * @param certificates chain that the phone proved to hold the key of, its own first; empty without TLS or certificate
 */
public record DeviceRequest(
        Transport transport,
        String name,
        @Nullable String host,
        @Nullable String userAgent,
        String remote,
        List<X509Certificate> certificates) {
    /** Copies the chain. */
    public DeviceRequest {
        certificates = List.copyOf(certificates);
    }
}
