package dev.provhub.emulator;

import java.net.InetSocketAddress;

/** Where to connect to for a host and port of a URL: stands in for the network's DNS and address translation. */
@FunctionalInterface
public interface ConnectVia {

    /** Plain name resolution. */
    ConnectVia DIRECT = InetSocketAddress::new;

    /** The address to send to; an unresolved one fails the request. */
    InetSocketAddress address(String host, int port);
}
