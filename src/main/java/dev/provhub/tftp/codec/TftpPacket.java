package dev.provhub.tftp.codec;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One datagram. Numbers on the wire are big endian, texts end with a zero byte. */
public sealed interface TftpPacket {
    /** Largest request that is read, in bytes (RFC 2347, "Packet Formats"). */
    int MAX_REQUEST_BYTES = 512;

    /**
     * Asks for a file (RFC 1350, section 5; options: RFC 2347).
     *
     * <pre>
     *  2 bytes  string     0  string  0  string   0  string   0
     * +--------+----------+--+-------+--+--------+--+--------+--+
     * |  0x01  | filename |0 | mode  |0 | opt1   |0 | value1 |0 | …
     * +--------+----------+--+-------+--+--------+--+--------+--+
     * </pre>
     *
     * @param fileName as sent
     * @param mode     in lower case
     * @param options  by name in lower case, in the order in which they were sent
     */
    record ReadRequest(String fileName, String mode, Map<String, String> options) implements TftpPacket {
        /** Copies the options. */
        public ReadRequest {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /** Offers a file; the same form with code 2. */
    record WriteRequest(String fileName, String mode, Map<String, String> options) implements TftpPacket {
        /** Copies the options. */
        public WriteRequest {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    /**
     * One block of a file, shorter than the agreed size when it is the last (code 3).
     *
     * @param block   0 to 65535; the first is 1, after 65535 comes 0
     * @param payload belongs to who holds the packet, and is released by who is done with it
     */
    record Data(int block, ByteBuf payload) implements TftpPacket {}

    /** A block, 0 to 65535, has arrived (code 4). */
    record Acknowledgement(int block) implements TftpPacket {}

    /**
     * The transfer is over, or never began (code 5).
     *
     * @param code    0 to 65535; those that this version knows are in {@link TftpErrorCode}
     * @param message for people
     */
    record ErrorPacket(int code, String message) implements TftpPacket {}

    /** What the server takes of the options that were asked for (RFC 2347; code 6). */
    record OptionAcknowledgement(Map<String, String> options) implements TftpPacket {
        /** Copies the options. */
        public OptionAcknowledgement {
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }
}
