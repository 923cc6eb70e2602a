package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent, one Latin-1 text for each packet. */
final class RecordingLine implements Line {
    private final List<String> sent = new ArrayList<>();

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public void send(ByteBuf packet, InetSocketAddress to) {
        sent.add(packet.toString(StandardCharsets.ISO_8859_1));
        packet.release();
    }

    @Override
    public void sendAll(ByteBuf packets, int packetBytes, InetSocketAddress to) {
        while (packets.isReadable()) {
            send(packets.readRetainedSlice(Math.min(packetBytes, packets.readableBytes())), to);
        }
        packets.release();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** What was sent since the last call. */
    List<String> sent() {
        List<String> since = List.copyOf(sent);
        sent.clear();
        return since;
    }
}
