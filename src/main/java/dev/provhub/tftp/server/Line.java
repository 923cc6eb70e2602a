package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The way to one client. All methods on the event loop. */
interface Line {
    /** Where packets are written. */
    ByteBufAllocator alloc();

    /** Sends one packet, which is released. */
    void send(ByteBuf packet);
}
