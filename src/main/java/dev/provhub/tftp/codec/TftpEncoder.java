package dev.provhub.tftp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes packets. Keeps no state; any thread. */
public final class TftpEncoder {
    private TftpEncoder() {}

    /**
     * Writes a packet.
     *
     * @param packet a payload in it is copied, and still belongs to the caller
     * @param out    gets the bytes
     */
    public static void encode(TftpPacket packet, ByteBuf out) {
        if (packet instanceof TftpPacket.ReadRequest request) {
            request(out, 1, request.fileName(), request.mode(), request.options());
        } else if (packet instanceof TftpPacket.WriteRequest request) {
            request(out, 2, request.fileName(), request.mode(), request.options());
        } else if (packet instanceof TftpPacket.Data data) {
            out.writeShort(3).writeShort(data.block());
            out.writeBytes(
                    data.payload(), data.payload().readerIndex(), data.payload().readableBytes());
        } else if (packet instanceof TftpPacket.Acknowledgement acknowledgement) {
            out.writeShort(4).writeShort(acknowledgement.block());
        } else if (packet instanceof TftpPacket.ErrorPacket error) {
            text(out.writeShort(5).writeShort(error.code()), error.message());
        } else if (packet instanceof TftpPacket.OptionAcknowledgement options) {
            options(out.writeShort(6), options.options());
        }
    }

    private static void request(ByteBuf out, int operation, String fileName, String mode, Map<String, String> options) {
        out.writeShort(operation);
        text(out, fileName);
        text(out, mode);
        options(out, options);
    }

    private static void options(ByteBuf out, Map<String, String> options) {
        options.forEach((name, value) -> {
            text(out, name);
            text(out, value);
        });
    }

    private static void text(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeByte(0);
    }
}
