package dev.provhub.command;

import dev.provhub.config.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fetches a file over TFTP without any option (RFC 1350), from a server on this machine: no packet gets lost there. */
final class PlainTftp {
    private static final int READ = 1;
    private static final int DATA = 3;
    private static final int ACKNOWLEDGE = 4;
    private static final int BLOCK_BYTES = 512;
    private static final int HEAD_BYTES = 4;

    private PlainTftp() {}

    /** @throws IOException with the server's reason when it refuses, or when no answer comes in time */
    static byte[] get(Listener server, String path, Duration limit) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout((int) limit.toMillis());
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            ByteBuffer request = ByteBuffer.allocate(name.length + 9);
            request.putShort((short) READ).put(name).put((byte) 0);
            request.put("octet".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
            socket.send(new DatagramPacket(
                    request.array(), request.position(), InetAddress.getByName(server.host()), server.port()));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            DatagramPacket block = new DatagramPacket(new byte[HEAD_BYTES + BLOCK_BYTES], HEAD_BYTES + BLOCK_BYTES);
            do {
                socket.receive(block);
                ByteBuffer packet = ByteBuffer.wrap(block.getData(), 0, block.getLength());
                short kind = packet.getShort();
                short number = packet.getShort();
                if (kind != DATA) {
                    throw new IOException("error " + number + ": "
                            + StandardCharsets.UTF_8.decode(packet).toString().replace("\0", ""));
                }
                file.write(block.getData(), HEAD_BYTES, block.getLength() - HEAD_BYTES);
                acknowledge(socket, block.getSocketAddress(), number);
            } while (block.getLength() == HEAD_BYTES + BLOCK_BYTES);
            return file.toByteArray();
        }
    }

    private static void acknowledge(DatagramSocket socket, SocketAddress server, short number) throws IOException {
        byte[] packet = ByteBuffer.allocate(HEAD_BYTES)
                .putShort((short) ACKNOWLEDGE)
                .putShort(number)
                .array();
        socket.send(new DatagramPacket(packet, packet.length, server));
    }
}
