package dev.provhub.emulator.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** A phone's plug: where names lead, how long it waits, and what is open. */
final class PhoneNetwork {
    private final ConnectVia via;
    private final NetworkTimeouts timeouts;
    private final OpenConnections connections = new OpenConnections();

    PhoneNetwork(ConnectVia via, NetworkTimeouts timeouts) {
        this.via = via;
        this.timeouts = timeouts;
    }

    /** All IPv4 addresses of a host, in the order in which they are tried. */
    List<InetSocketAddress> addresses(String host, int port) throws IOException {
        InetSocketAddress instead = via.address(host, port);
        return instead != null
                ? List.of(instead)
                : Arrays.stream(InetAddress.getAllByName(host))
                        .filter(Inet4Address.class::isInstance)
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
    }

    NetworkTimeouts timeouts() {
        return timeouts;
    }

    OpenConnections connections() {
        return connections;
    }
}
