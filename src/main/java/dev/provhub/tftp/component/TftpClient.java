package dev.provhub.tftp.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPAckPacket;
import org.apache.commons.net.tftp.TFTPDataPacket;
import org.apache.commons.net.tftp.TFTPErrorPacket;
import org.apache.commons.net.tftp.TFTPPacket;
import org.apache.commons.net.tftp.TFTPPacketException;
import org.apache.commons.net.tftp.TFTPReadRequestPacket;
import org.apache.commons.net.tftp.TFTPRequestPacket;
import org.apache.commons.net.tftp.TFTPWriteRequestPacket;
import org.jspecify.annotations.Nullable;

/**
 * One transfer with a server, in blocks of 512 bytes (RFC 1350), over the packets of Commons Net. Not its {@code TFTPClient},
 * which refuses a server that answers from the port it was asked at. Blocks its thread.
 */
final class TftpClient implements AutoCloseable {
    private static final int BLOCK_BYTES = TFTPDataPacket.MAX_DATA_LENGTH;
    /** An endless stream of packets that mean nothing keeps nobody waiting for ever. */
    private static final int MOST_STRAY_PACKETS = 1000;

    private final Packets packets = new Packets();
    private final InetAddress server;
    private final int port;
    private final int attempts;
    private int peer;
    private int stray;

    /**
     * Opens a socket.
     *
     * @param retransmissions of one packet
     */
    TftpClient(InetAddress server, int port, Duration timeout, int retransmissions) throws IOException {
        this.server = server;
        this.port = port;
        this.attempts = retransmissions + 1;
        packets.setDefaultTimeout(timeout);
        packets.open();
    }

    /** Reads a file of at most so many bytes. */
    byte[] get(String name, int mode, int largestBytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TFTPPacket next = new TFTPReadRequestPacket(server, port, name, mode);
        int expected = 1;
        while (true) {
            TFTPDataPacket data = (TFTPDataPacket) exchange(next, TFTPPacket.DATA, expected);
            if (file.size() + data.getDataLength() > largestBytes) {
                packets.send(new TFTPErrorPacket(server, peer, TFTPErrorPacket.OUT_OF_SPACE, "Too large"));
                throw new IOException("file is larger than " + largestBytes + " bytes");
            }
            file.write(data.getData(), data.getDataOffset(), data.getDataLength());
            next = new TFTPAckPacket(server, peer, expected);
            if (data.getDataLength() < BLOCK_BYTES) {
                packets.send(next);
                return file.toByteArray();
            }
            expected = expected + 1 & 0xffff;
        }
    }

    /** Writes a file. */
    void put(String name, int mode, byte[] file) throws IOException {
        exchange(new TFTPWriteRequestPacket(server, port, name, mode), TFTPPacket.ACKNOWLEDGEMENT, 0);
        int offset = 0;
        int block = 1;
        while (offset <= file.length) {
            int length = Math.min(BLOCK_BYTES, file.length - offset);
            exchange(new TFTPDataPacket(server, peer, block, file, offset, length), TFTPPacket.ACKNOWLEDGEMENT, block);
            block = block + 1 & 0xffff;
            offset += BLOCK_BYTES;
        }
    }

    /** Sends a packet until its answer comes. */
    private TFTPPacket exchange(TFTPPacket packet, int type, int number) throws IOException {
        for (int attempt = 0; attempt < attempts; attempt++) {
            if (packet instanceof TFTPRequestPacket) {
                packets.sendRequest(packet);
            } else {
                packets.send(packet);
            }
            try {
                while (true) {
                    TFTPPacket answer = receive();
                    if (answer != null && answer.getType() == type && number == numberOf(answer)) {
                        return answer;
                    }
                    if (++stray > MOST_STRAY_PACKETS) {
                        throw new IOException("TFTP server sends what was not asked for");
                    }
                }
            } catch (InterruptedIOException e) {
                // Once more.
            }
        }
        throw new TftpTimeoutException("TFTP server " + server.getHostAddress() + ":" + port + " does not answer");
    }

    private static int numberOf(TFTPPacket packet) {
        return packet instanceof TFTPDataPacket data
                ? data.getBlockNumber()
                : ((TFTPAckPacket) packet).getBlockNumber();
    }

    /** Null for what is not from the server. */
    private @Nullable TFTPPacket receive() throws IOException {
        TFTPPacket answer;
        try {
            answer = packets.receive();
        } catch (TFTPPacketException e) {
            throw new IOException("TFTP server sends what is no packet", e);
        }
        boolean first = peer == 0;
        if (!answer.getAddress().equals(server) || (!first && answer.getPort() != peer)) {
            packets.send(new TFTPErrorPacket(
                    answer.getAddress(), answer.getPort(), TFTPErrorPacket.UNKNOWN_TID, "Unknown transfer ID"));
            return null;
        }
        if (answer instanceof TFTPErrorPacket error) {
            throw new TftpErrorException(error.getError());
        }
        peer = answer.getPort();
        return answer;
    }

    @Override
    public void close() {
        packets.close();
    }

    private static final class Packets extends TFTP {
        /** Without the second zero byte that Commons Net puts behind a request, which servers may take for an option. */
        void sendRequest(TFTPPacket request) throws IOException {
            DatagramPacket datagram = request.newDatagram();
            byte[] bytes = datagram.getData();
            int length = datagram.getLength();
            boolean padded = bytes[length - 1] == 0 && bytes[length - 2] == 0;
            _socket_.send(new DatagramPacket(bytes, padded ? length - 1 : length, datagram.getSocketAddress()));
        }
    }
}
