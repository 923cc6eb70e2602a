package dev.provhub.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which certificate each device has shown. A device is bound to its first one, and to what the vendor renews it with. */
public interface CertificateLedger {
    /** The one that the device is bound to. */
    Optional<ShownCertificate> of(MacAddress mac);

    /** Binds a known device to a certificate, in place of the one before. */
    void bind(MacAddress mac, ShownCertificate certificate, Instant when);

    /** Lets a device come with another certificate, e.g. after a repair. Nothing happens when it had shown none. */
    void release(MacAddress mac);

    /**
     * Devices whose certificate ends before a time, the earliest first.
     *
     * @param limit at most so many, from 1
     */
    List<Expiring> endingBefore(Instant time, int limit);

    /** How many certificates end in each year, by year. */
    List<Year> byYear();

    /** A device and when its certificate ends. */
    record Expiring(MacAddress mac, String model, ShownCertificate certificate) {}

    /** So many certificates that end in a year. */
    record Year(int year, long certificates) {}
}
