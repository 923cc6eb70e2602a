package dev.provhub.config;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All addresses that the hub listens on.
 *
 * @param httpsLegacyEnabled whether the listener for phones that speak TLS 1.0 only runs
 * @param guard              what those on TCP put up with
 */
public record Listeners(
        Listener tftp,
        Listener http,
        Listener https,
        Listener httpsLegacy,
        boolean httpsLegacyEnabled,
        Listener api,
        ListenerGuard guard) {
    /** Below what systems give to outgoing connections: such a port might be taken after it was picked and before it is listened on. */
    private static final int LOWEST_PICKED = 16_384;

    private static final int PICKED = 16_384;
    private static final int ATTEMPTS = 50;
    /** Each process picks elsewhere, and none twice, so that hubs that start at the same time do not pick the same. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 1_009 % PICKED));

    /** The same with what holds when nothing is set. */
    public Listeners(
            Listener tftp,
            Listener http,
            Listener https,
            Listener httpsLegacy,
            boolean httpsLegacyEnabled,
            Listener api) {
        this(tftp, http, https, httpsLegacy, httpsLegacyEnabled, api, ListenerGuard.DEFAULT);
    }

    /**
     * The same with a free port in place of each 0: routes and the addresses that phones are told must know the ports
     * before the listeners open.
     *
     * @throws IllegalConfigurationException when a listener's port is taken or its address is not one of this machine
     */
    public Listeners resolved() {
        return new Listeners(
                udp("hub.tftp", tftp),
                tcp("hub.http", http),
                tcp("hub.https", https),
                legacy(),
                httpsLegacyEnabled,
                tcp("hub.api", api),
                guard);
    }

    private Listener legacy() {
        return httpsLegacyEnabled ? tcp("hub.https-legacy", httpsLegacy) : httpsLegacy;
    }

    static Listener udp(String name, Listener listener) {
        return picked(name, listener, address -> {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(address);
                return socket.getLocalPort();
            }
        });
    }

    private static Listener tcp(String name, Listener listener) {
        return picked(name, listener, address -> {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
                return socket.getLocalPort();
            }
        });
    }

    private interface Binding {
        /** Which port it was. */
        int bind(InetSocketAddress address) throws IOException;
    }

    private static Listener picked(String name, Listener listener, Binding binding) {
        try {
            InetSocketAddress wanted = address(name, listener);
            for (int attempt = 0; listener.port() == 0 && attempt < ATTEMPTS; attempt++) {
                int port = LOWEST_PICKED + Math.floorMod(NEXT.getAndIncrement(), PICKED);
                try {
                    return listener.withPort(binding.bind(new InetSocketAddress(wanted.getAddress(), port)));
                } catch (IOException e) {
                    // Somebody has it, or the address is none of this machine, which the last try says
                }
            }
            return listener.withPort(binding.bind(wanted));
        } catch (IOException e) {
            throw refused(name, listener, e);
        }
    }

    private static InetSocketAddress address(String name, Listener listener) throws IOException {
        InetAddress host = InetAddress.getByName(listener.host());
        if (host.isMulticastAddress()) {
            throw new IllegalConfigurationException(name + ".host = " + listener.host() + " is a multicast address");
        }
        return new InetSocketAddress(host, listener.port());
    }

    private static IllegalConfigurationException refused(String name, Listener listener, IOException cause) {
        return new IllegalConfigurationException(name + ".port = " + listener.port() + " on " + name + ".host = "
                + listener.host() + " cannot be opened (" + cause.getMessage()
                + "); allowed is a free port of this machine, or 0 to pick one");
    }
}
