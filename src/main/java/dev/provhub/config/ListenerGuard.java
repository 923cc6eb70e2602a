package dev.provhub.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What the TCP listeners put up with, and whom they believe.
 *
 * @param headerTimeout  what the headers of one request may take in total, from their first byte, 1 to 300 s
 * @param trustedProxies who may say for whom it asks; nobody when empty
 * @param proxyProtocol  whether connections to the listeners for phones begin with a PROXY header
 * @param keysPerMinute  requests of one device under its certificate, at once or spread; 0 for no limit
 * @param profilesPerMinute requests of one device at its own directory; 0 for no limit
 */
public record ListenerGuard(
        Duration headerTimeout,
        List<AddressRange> trustedProxies,
        boolean proxyProtocol,
        int keysPerMinute,
        int profilesPerMinute) {
    /** What holds when nothing is set. */
    public static final ListenerGuard DEFAULT = new ListenerGuard(Duration.ofSeconds(10), List.of(), false, 600, 0);

    /** Copies the list. */
    public ListenerGuard {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether an address may say for whom it asks. */
    public boolean trusts(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
