package dev.provhub.tftp.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Where to listen: the addresses that are named, and for {@code 0.0.0.0} and {@code ::} those that the machine has. */
final class LocalAddresses {
    private final Machine machine;
    private final Set<InetAddress> named = new LinkedHashSet<>();
    private boolean everyIpv4;
    private boolean every;

    /** Tells which addresses the machine has now. */
    interface Machine {
        Stream<InetAddress> addresses() throws IOException;
    }

    /** @param hosts names or addresses with commas between */
    LocalAddresses(String hosts, Machine machine) throws IOException {
        this.machine = machine;
        for (String name : hosts.split(",", -1)) {
            InetAddress host = InetAddress.getByName(name.strip());
            if (!host.isAnyLocalAddress()) {
                named.add(host);
            } else if (host instanceof Inet4Address) {
                everyIpv4 = true;
            } else {
                every = true;
            }
        }
    }

    /** What this machine has. */
    static Stream<InetAddress> ofThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
    }

    /** Whether there may be others later. */
    boolean mayChange() {
        return every || everyIpv4;
    }

    Set<InetAddress> now() throws IOException {
        Set<InetAddress> addresses = new LinkedHashSet<>(named);
        if (mayChange()) {
            try (Stream<InetAddress> has = machine.addresses()) {
                has.filter(address -> every || address instanceof Inet4Address).forEach(addresses::add);
            }
        }
        return addresses;
    }
}
