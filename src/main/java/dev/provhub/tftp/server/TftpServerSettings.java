package dev.provhub.tftp.server;

import java.time.Duration;

/**
 * How a server behaves.
 *
 * @param host               name or address, or several with commas between; {@code 0.0.0.0} for every IPv4 address that this
 *                           machine has, {@code ::} for every address
 * @param port               0 to 65535; 0 picks a free one
 * @param singlePort         whether all packets leave from that port; else each transfer has its own (RFC 1350, section 4)
 * @param maxBlockSizeBytes  largest block that is agreed to, 8 to 65464 (RFC 2348); a client that asks for less gets less
 * @param retransmitTimeout  wait before the first retransmission, 10 ms to 255 s; doubles with each; a client may choose
 *                           another by the timeout option (RFC 2349), and round trips that were measured take its place
 * @param minRetransmitTimeout shortest wait that measured round trips may lead to, 1 ms to 255 s
 * @param maxRetransmissions of one packet, 0 to 7: with the packet itself at most eight go to an address that never answers
 * @param maxTransfers       at once; requests beyond are not answered, and the client asks again
 * @param maxTransfersPerAddress of one client address, 0 for any number
 * @param maxTransfersPerBlock   of one block of client addresses, /24 of IPv4 and /56 of IPv6, 0 for any number
 * @param maxWindowSize      most blocks of one window, 1 to 64 (RFC 7440); a client that asks for less gets less
 * @param maxWrites          files that are written at once; requests beyond are not answered, and the client asks again
 * @param maxWriteBytes      largest file that may be written, 1 byte to 64 MiB, held in memory until it is taken
 * @param answerTimeout      how long a request waits for its file, and a writer's last block for whoever takes the file, 1 ms to
 *                           255 s; then the client is told of an error
 */
public record TftpServerSettings(
        String host,
        int port,
        boolean singlePort,
        int maxBlockSizeBytes,
        Duration retransmitTimeout,
        Duration minRetransmitTimeout,
        int maxRetransmissions,
        int maxTransfers,
        int maxTransfersPerAddress,
        int maxTransfersPerBlock,
        int maxWindowSize,
        int maxWrites,
        int maxWriteBytes,
        Duration answerTimeout) {
    /** Smallest block (RFC 2348). */
    public static final int MIN_BLOCK_SIZE_BYTES = 8;
    /** Largest block (RFC 2348). */
    public static final int MAX_BLOCK_SIZE_BYTES = 65464;
    /** Largest window that is agreed to; more brings nothing and fills queues on the way. */
    public static final int MAX_WINDOW_SIZE = 64;

    /** @throws IllegalArgumentException naming the setting, its value and what is allowed */
    public TftpServerSettings {
        check("port", port, 0, 65535);
        check("maxBlockSizeBytes", maxBlockSizeBytes, MIN_BLOCK_SIZE_BYTES, MAX_BLOCK_SIZE_BYTES);
        check("retransmitTimeout in ms", retransmitTimeout.toMillis(), 10, 255_000);
        check("maxRetransmissions", maxRetransmissions, 0, 7);
        check("maxTransfers", maxTransfers, 1, 1_000_000);
        check("minRetransmitTimeout in ms", minRetransmitTimeout.toMillis(), 1, 255_000);
        check("maxTransfersPerAddress", maxTransfersPerAddress, 0, 1_000_000);
        check("maxTransfersPerBlock", maxTransfersPerBlock, 0, 1_000_000);
        check("maxWindowSize", maxWindowSize, 1, MAX_WINDOW_SIZE);
        check("maxWrites", maxWrites, 1, 100_000);
        check("maxWriteBytes", maxWriteBytes, 1, 64 * 1024 * 1024);
        check("answerTimeout in ms", answerTimeout.toMillis(), 1, 255_000);
    }

    /** A single port, windows of 64, and 64 writes at once of 1 MiB, which wait for 20 s: tftp-hpa gives up after 25. */
    public TftpServerSettings(
            String host,
            int port,
            int maxBlockSizeBytes,
            Duration retransmitTimeout,
            int maxRetransmissions,
            int maxTransfers) {
        this(
                host,
                port,
                true,
                maxBlockSizeBytes,
                retransmitTimeout,
                Duration.ofMillis(200),
                maxRetransmissions,
                maxTransfers,
                0,
                0,
                MAX_WINDOW_SIZE,
                64,
                1024 * 1024,
                Duration.ofSeconds(20));
    }

    /** The same from one port, or from a port for each transfer. */
    public TftpServerSettings withSinglePort(boolean on) {
        return new TftpServerSettings(
                host,
                port,
                on,
                maxBlockSizeBytes,
                retransmitTimeout,
                minRetransmitTimeout,
                maxRetransmissions,
                maxTransfers,
                maxTransfersPerAddress,
                maxTransfersPerBlock,
                maxWindowSize,
                maxWrites,
                maxWriteBytes,
                answerTimeout);
    }

    /** The same with other limits for files that are written. */
    public TftpServerSettings withWrites(int most, int largestBytes) {
        return new TftpServerSettings(
                host,
                port,
                singlePort,
                maxBlockSizeBytes,
                retransmitTimeout,
                minRetransmitTimeout,
                maxRetransmissions,
                maxTransfers,
                maxTransfersPerAddress,
                maxTransfersPerBlock,
                maxWindowSize,
                most,
                largestBytes,
                answerTimeout);
    }

    /** The same with other limits for one address and one block of addresses; 0 for any number. */
    public TftpServerSettings withTransfersPer(int address, int block) {
        return new TftpServerSettings(
                host,
                port,
                singlePort,
                maxBlockSizeBytes,
                retransmitTimeout,
                minRetransmitTimeout,
                maxRetransmissions,
                maxTransfers,
                address,
                block,
                maxWindowSize,
                maxWrites,
                maxWriteBytes,
                answerTimeout);
    }

    private static void check(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " = " + value + " is not from " + from + " to " + to);
        }
    }
}
