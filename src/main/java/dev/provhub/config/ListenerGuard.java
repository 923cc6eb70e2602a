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
 */
public record ListenerGuard(Duration headerTimeout, List<AddressRange> trustedProxies, boolean proxyProtocol) {
    /** What holds when nothing is set: 10 s, nobody is believed. */
    public static final ListenerGuard DEFAULT = new ListenerGuard(Duration.ofSeconds(10), List.of(), false);

    /** Copies the list. */
    public ListenerGuard {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether an address may say for whom it asks. */
    public boolean trusts(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }
}
