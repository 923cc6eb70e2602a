package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
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
    public void send(ByteBuf packet) {
        sent.add(packet.toString(StandardCharsets.ISO_8859_1));
        packet.release();
    }

    /** What was sent since the last call. */
    List<String> sent() {
        List<String> since = List.copyOf(sent);
        sent.clear();
        return since;
    }
}
