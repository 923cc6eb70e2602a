package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/** The way to clients. All methods on the event loop. What was sent leaves at the latest with {@link #flush}. */
interface Line {
    /** Where packets are written. */
    ByteBufAllocator alloc();

    /** Sends one packet, which is released. */
    void send(ByteBuf packet, InetSocketAddress to);

    /**
     * Sends several packets, one after the other in one buffer, which is released.
     *
     * @param packetBytes length of each but the last, which may be shorter
     */
    void sendAll(ByteBuf packets, int packetBytes, InetSocketAddress to);

    /** Sends what may still wait. */
    void flush();

    /** There is no further use for it. */
    void close();
}
