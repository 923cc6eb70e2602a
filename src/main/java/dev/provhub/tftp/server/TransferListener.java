package dev.provhub.tftp.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Hears how transfers ended. Called on the event loop: must be quick. */
@FunctionalInterface
public interface TransferListener {
    /** How a transfer ended. */
    enum Outcome {
        /** The last block was acknowledged. */
        COMPLETED,
        /** The client said that it will not go on. */
        REFUSED_BY_CLIENT,
        /** A file that was written whole was not taken. */
        REFUSED,
        /** The client no longer answers. */
        SILENT,
        /** The content could no longer be read, or the server stopped. */
        ABORTED
    }

    /**
     * The whole story of a transfer.
     *
     * @param remote          who was served
     * @param fileName        as asked; may hold a device's directory, so it is not for logs as it stands
     * @param write           whether the client wrote the file
     * @param bytes           of the content that were acknowledged, or have come
     * @param blocks          that were acknowledged
     * @param retransmissions of packets that were not answered in time
     * @param duration        from the first packet to the end
     */
    record Report(
            InetSocketAddress remote,
            String fileName,
            boolean write,
            Outcome outcome,
            long bytes,
            long blocks,
            int retransmissions,
            Duration duration) {}

    /** A transfer is over. */
    void ended(Report report);
}
