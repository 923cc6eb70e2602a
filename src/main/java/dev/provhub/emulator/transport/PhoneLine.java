package dev.provhub.emulator.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * What one phone is plugged into.
 *
 * @param network  carries it
 * @param via      where connections go instead of where the URLs say
 * @param timeouts in real time
 * @param quality  how bad the line is
 * @param chance   decides which packets get lost; thread-safe
 */
public record PhoneLine(
        PhoneNetwork network, ConnectVia via, NetworkTimeouts timeouts, LineQuality quality, RandomGenerator chance) {
    /** All addresses of a host, in the order in which they are tried. */
    CompletableFuture<List<InetSocketAddress>> addresses(String host, int port) {
        InetSocketAddress instead = via.address(host, port);
        if (instead != null) {
            return CompletableFuture.completedFuture(List.of(instead));
        }
        return network.resolve(host).thenApply(addresses -> addresses.stream()
                .map((InetAddress address) -> new InetSocketAddress(address, port))
                .toList());
    }
}
