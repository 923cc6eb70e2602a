package dev.provhub.config;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

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
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(address(name, listener));
            return listener.withPort(socket.getLocalPort());
        } catch (IOException e) {
            throw refused(name, listener, e);
        }
    }

    private static Listener tcp(String name, Listener listener) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address(name, listener));
            return listener.withPort(socket.getLocalPort());
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
