package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that come while it runs: a machine whose network is up later than the hub, an address that moves between two machines. */
class TftpAddressesIT {
    private final List<InetAddress> machine = new CopyOnWriteArrayList<>();

    private static TftpServer server(String host, LocalAddresses.Machine machine) throws Exception {
        TftpServerSettings settings = new TftpServerSettings(host, 0, 1468, Duration.ofSeconds(1), 6, 100);
        return TftpServer.start(
                settings, (request, reply) -> reply.send(TftpContent.of(new byte[7])), null, report -> {}, machine);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private static void ask(String text, int port, int timeoutMillis) throws Exception {
        InetSocketAddress asked = new InetSocketAddress(text, port);
        try (DatagramSocket client = new DatagramSocket(0, address(text.equals("::1") ? "::1" : "127.0.0.1"))) {
            client.setSoTimeout(timeoutMillis);
            byte[] request = "\0\1f\0octet\0".getBytes(StandardCharsets.ISO_8859_1);
            client.send(new DatagramPacket(request, request.length, asked));
            DatagramPacket answer = new DatagramPacket(new byte[600], 600);
            client.receive(answer);
            assertThat(answer.getSocketAddress()).isEqualTo(asked);
            assertThat(answer.getLength()).isEqualTo(11);
        }
    }

    @Test
    void address_thatComesLater_isServedFromThen_byTheAddressThatWasAsked() throws Exception {
        machine.add(address("127.0.0.1"));
        try (TftpServer server = server("0.0.0.0", machine::stream)) {
            ask("127.0.0.1", server.port(), 10_000);
            assertThatThrownBy(() -> ask("127.0.0.2", server.port(), 300)).isInstanceOf(SocketTimeoutException.class);

            machine.add(address("127.0.0.2"));
            machine.add(address("::1"));
            server.lookAgain();
            server.lookAgain();

            ask("127.0.0.1", server.port(), 10_000);
            ask("127.0.0.2", server.port(), 10_000);
            assertThatThrownBy(() -> ask("::1", server.port(), 300))
                    .as("0.0.0.0 is IPv4 alone")
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(server.isListening()).isTrue();
        }
    }

    @Test
    void addressesOfBothFamilies_areListenedOn() throws Exception {
        machine.add(address("127.0.0.1"));
        try (TftpServer server = server("::", machine::stream)) {
            machine.add(address("::1"));
            server.lookAgain();

            ask("::1", server.port(), 10_000);
            ask("127.0.0.1", server.port(), 10_000);
        }
    }

    @Test
    void address_thatCannotBeBound_isTriedAgain() throws Exception {
        machine.add(address("127.0.0.1"));
        try (TftpServer server = server("0.0.0.0", machine::stream)) {
            machine.add(address("127.0.0.2"));
            try (DatagramSocket other = new DatagramSocket(server.port(), address("127.0.0.2"))) {
                server.lookAgain();
                assertThat(other.isBound()).isTrue();
            }
            server.lookAgain();

            ask("127.0.0.2", server.port(), 10_000);
        }
    }

    @Test
    void namedAddresses_areThoseAlone() throws Exception {
        LocalAddresses named = new LocalAddresses("127.0.0.2,[::1]", () -> {
            throw new AssertionError("nobody needs to know");
        });

        assertThat(named.mayChange()).isFalse();
        assertThat(named.now()).containsExactly(address("127.0.0.2"), address("::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void thisMachine_hasItsLoopback(String host) throws Exception {
        LocalAddresses all = new LocalAddresses(host, LocalAddresses::ofThisMachine);

        assertThat(all.mayChange()).isTrue();
        assertThat(all.now()).contains(address("127.0.0.1"));
    }
}
