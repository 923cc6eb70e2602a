package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Devices and certificates that are believed no more, in memory, so that they hold while the database is away. Thread-safe. */
public final class RevocationList {
    private volatile Map<String, String> macs = Map.of();
    private volatile Map<String, String> certificates = Map.of();

    /**
     * Puts others in place of those before.
     *
     * @param byMac         reasons by MAC address, twelve lower-case hex digits
     * @param byCertificate reasons by the certificate's number, lower-case hex
     */
    public void replace(Map<String, String> byMac, Map<String, String> byCertificate) {
        macs = Map.copyOf(byMac);
        certificates = Map.copyOf(byCertificate);
    }

    /** Why a device is believed no more. */
    public Optional<String> ofDevice(MacAddress mac) {
        return Optional.ofNullable(macs.get(mac.hex()));
    }

    /** Why a certificate of this number is believed no more. */
    Optional<String> ofCertificate(String number) {
        return Optional.ofNullable(certificates.get(number.toLowerCase(Locale.ROOT)));
    }
}
