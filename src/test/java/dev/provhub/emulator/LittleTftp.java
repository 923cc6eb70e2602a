package dev.provhub.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * TFTP as RFC 1350 has it, written apart from the hub's. It only answers: who hears nothing must ask again. Requests come to one
 * port, everything else to another one.
 */
final class LittleTftp implements AutoCloseable {
    private final DatagramSocket listening;
    private final DatagramSocket transfers;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<SocketAddress, byte[]> reading = new ConcurrentHashMap<>();
    private final Map<SocketAddress, String> writing = new ConcurrentHashMap<>();
    private final Map<SocketAddress, ByteArrayOutputStream> arriving = new ConcurrentHashMap<>();
    private final Map<String, byte[]> written = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    LittleTftp() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        listening = new DatagramSocket(0, loopback);
        transfers = new DatagramSocket(0, loopback);
        for (DatagramSocket socket : List.of(listening, transfers)) {
            Thread thread = new Thread(() -> serve(socket), "little-tftp");
            thread.setDaemon(true);
            thread.start();
        }
    }

    LittleTftp with(String path, byte[] body) {
        files.put(path, body);
        return this;
    }

    String url() {
        return "tftp://127.0.0.1:" + listening.getLocalPort();
    }

    /** Paths that were asked for, a repeated request once more. */
    List<String> asked() {
        return asked;
    }

    /** What was written to a path, as soon as all of it is there. */
    byte[] written(String path) {
        return written.getOrDefault(path, new byte[0]);
    }

    private void serve(DatagramSocket socket) {
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
                if (answer.length > 0) {
                    transfers.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] packet, SocketAddress who) {
        int block = (packet[2] & 0xff) << 8 | packet[3] & 0xff;
        return switch (packet[1]) {
            case 1 -> read(path(packet), who);
            case 2 -> write(path(packet), who);
            case 3 -> data(packet, block, who);
            case 4 -> block(reading.getOrDefault(who, new byte[0]), block + 1);
            default -> new byte[0];
        };
    }

    private static String path(byte[] request) {
        String text = new String(request, 2, request.length - 2, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\0'));
    }

    private byte[] read(String path, SocketAddress who) {
        asked.add(path);
        byte[] file = files.get(path);
        if (file == null) {
            return "\0\5\0\1none\0".getBytes(StandardCharsets.ISO_8859_1);
        }
        reading.put(who, file);
        return block(file, 1);
    }

    private static byte[] block(byte[] file, int number) {
        int from = (number - 1) * 512;
        if (from > file.length) {
            return new byte[0];
        }
        byte[] data = Arrays.copyOfRange(file, from, Math.min(from + 512, file.length));
        byte[] packet = new byte[4 + data.length];
        packet[1] = 3;
        packet[2] = (byte) (number >> 8);
        packet[3] = (byte) number;
        System.arraycopy(data, 0, packet, 4, data.length);
        return packet;
    }

    private byte[] write(String path, SocketAddress who) {
        asked.add(path);
        writing.put(who, path);
        arriving.put(who, new ByteArrayOutputStream());
        return new byte[] {0, 4, 0, 0};
    }

    private byte[] data(byte[] packet, int block, SocketAddress who) {
        ByteArrayOutputStream file = arriving.get(who);
        if (file != null && file.size() == (block - 1) * 512) {
            file.write(packet, 4, packet.length - 4);
            if (packet.length < 516) {
                written.put(writing.get(who), file.toByteArray());
            }
        }
        return new byte[] {0, 4, packet[2], packet[3]};
    }

    @Override
    public void close() {
        listening.close();
        transfers.close();
    }
}
