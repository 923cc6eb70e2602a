package dev.provhub.tftp.component;

import dev.provhub.tftp.codec.Netascii;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
 *
 * <p>A packet is sent again when its answer has not come in time, whatever else comes meanwhile. A block that comes again says that its
 * ACK was lost, and is acknowledged again at once; an ACK that comes again means nothing (RFC 1123, section 4.2.3.1).
 */
final class TftpClient implements AutoCloseable {
    private static final int BLOCK_BYTES = TFTPDataPacket.MAX_DATA_LENGTH;
    private static final int PACKET_BYTES = BLOCK_BYTES + 4;
    /** An endless stream of packets that mean nothing keeps nobody waiting for ever. */
    private static final int MOST_STRAY_PACKETS = 1000;
    /** Servers wait at least that long before they send again: what comes sooner was doubled by the network. */
    private static final long DOUBLED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Packets packets = new Packets();
    private final InetAddress server;
    private final int port;
    private final long timeoutNanos;
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
        this.timeoutNanos = timeout.toNanos();
        packets.open();
    }

    /** Reads a file of at most so many bytes on the wire; in text mode its line ends are then those of Unix. */
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
                return mode == TFTP.NETASCII_MODE ? Netascii.decode(file.toByteArray()) : file.toByteArray();
            }
            expected = expected + 1 & 0xffff;
        }
    }

    /** Writes a file, in text mode one with line ends of Unix. */
    void put(String name, int mode, byte[] bytes) throws IOException {
        byte[] file = mode == TFTP.NETASCII_MODE ? Netascii.encode(bytes) : bytes;
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
            send(packet);
            TFTPPacket answer = await(packet, type, number, System.nanoTime() + timeoutNanos);
            if (answer != null) {
                stray = 0;
                return answer;
            }
        }
        throw new TftpTimeoutException("TFTP server " + server.getHostAddress() + ":" + port + " does not answer");
    }

    private void send(TFTPPacket packet) throws IOException {
        if (packet instanceof TFTPRequestPacket) {
            packets.sendRequest(packet);
        } else {
            packets.send(packet);
        }
    }

    /** Null when it does not come in time. */
    private @Nullable TFTPPacket await(TFTPPacket asked, int type, int number, long deadlineNanos) throws IOException {
        long acknowledgedNanos = System.nanoTime();
        while (true) {
            DatagramPacket datagram = packets.receive(deadlineNanos);
            if (datagram == null) {
                return null;
            }
            TFTPPacket answer = fromServer(datagram);
            if (answer != null && answer.getType() == type) {
                int came = numberOf(answer);
                if (came == number) {
                    return answer;
                }
                boolean before =
                        asked instanceof TFTPAckPacket acknowledgement && came == acknowledgement.getBlockNumber();
                if (before && System.nanoTime() - acknowledgedNanos >= DOUBLED_NANOS) {
                    acknowledgedNanos = System.nanoTime();
                    send(asked);
                }
            }
            if (++stray > MOST_STRAY_PACKETS) {
                throw new IOException("TFTP server sends what was not asked for");
            }
        }
    }

    private static int numberOf(TFTPPacket packet) {
        return packet instanceof TFTPDataPacket data
                ? data.getBlockNumber()
                : ((TFTPAckPacket) packet).getBlockNumber();
    }

    /** Null for what is not from the server. */
    private @Nullable TFTPPacket fromServer(DatagramPacket datagram) throws IOException {
        boolean begun = peer != 0;
        if (!datagram.getAddress().equals(server) || (begun && datagram.getPort() != peer)) {
            if (!isError(datagram)) {
                packets.send(new TFTPErrorPacket(
                        datagram.getAddress(), datagram.getPort(), TFTPErrorPacket.UNKNOWN_TID, "Unknown transfer ID"));
            }
            return null;
        }
        TFTPPacket answer;
        try {
            answer = TFTPPacket.newTFTPPacket(datagram);
        } catch (TFTPPacketException e) {
            throw new IOException("TFTP server sends what is no packet", e);
        }
        if (answer instanceof TFTPErrorPacket error) {
            throw new TftpErrorException(error.getError());
        }
        peer = answer.getPort();
        return answer;
    }

    /** An error is never answered with an error (RFC 1350, section 7). */
    private static boolean isError(DatagramPacket datagram) {
        byte[] bytes = datagram.getData();
        return datagram.getLength() >= 2 && bytes[0] == 0 && bytes[1] == TFTPPacket.ERROR;
    }

    @Override
    public void close() {
        packets.close();
    }

    private static final class Packets extends TFTP {
        /** Null when nothing has come in time. */
        @Nullable
        DatagramPacket receive(long deadlineNanos) throws IOException {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (millis <= 0) {
                return null;
            }
            _socket_.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
            DatagramPacket datagram = new DatagramPacket(new byte[PACKET_BYTES], PACKET_BYTES);
            try {
                _socket_.receive(datagram);
                return datagram;
            } catch (SocketTimeoutException e) {
                return null;
            }
        }

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
