package dev.provhub.tftp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads packets. Keeps no state; any thread. */
public final class TftpDecoder {
    private static final int LARGEST_ERROR_TEXT = 512;

    private TftpDecoder() {}

    /**
     * Reads one datagram.
     *
     * @param datagram read to its end and not released; the payload of a {@link TftpPacket.Data} is a retained slice
     *     of it, which the caller releases
     * @throws TftpDecoderException with the code for the sender, when it is no packet of TFTP
     */
    public static TftpPacket decode(ByteBuf datagram) throws TftpDecoderException {
        if (datagram.readableBytes() < 2) {
            throw illegal("shorter than an operation code");
        }
        int size = datagram.readableBytes();
        int operation = datagram.readUnsignedShort();
        return switch (operation) {
            case 1, 2 -> request(operation, datagram, size);
            case 3 -> new TftpPacket.Data(block(datagram), datagram.readRetainedSlice(datagram.readableBytes()));
            case 4 -> acknowledgement(datagram);
            case 5 -> error(datagram);
            case 6 -> new TftpPacket.OptionAcknowledgement(options(datagram));
            default -> throw illegal("operation code " + operation + " is not from 1 to 6");
        };
    }

    private static TftpPacket request(int operation, ByteBuf datagram, int size) throws TftpDecoderException {
        if (size > TftpPacket.MAX_REQUEST_BYTES) {
            throw illegal("request of " + size + " bytes is larger than " + TftpPacket.MAX_REQUEST_BYTES);
        }
        String fileName = text(datagram, "file name");
        String mode = text(datagram, "mode").toLowerCase(Locale.ROOT);
        Map<String, String> options = options(datagram);
        return operation == 1
                ? new TftpPacket.ReadRequest(fileName, mode, options)
                : new TftpPacket.WriteRequest(fileName, mode, options);
    }

    private static TftpPacket acknowledgement(ByteBuf datagram) throws TftpDecoderException {
        // Some clients send bytes after the number; they mean nothing.
        TftpPacket packet = new TftpPacket.Acknowledgement(block(datagram));
        datagram.skipBytes(datagram.readableBytes());
        return packet;
    }

    private static TftpPacket error(ByteBuf datagram) throws TftpDecoderException {
        int code = block(datagram);
        int length = Math.min(datagram.readableBytes(), LARGEST_ERROR_TEXT);
        String message =
                datagram.readCharSequence(length, StandardCharsets.UTF_8).toString();
        datagram.skipBytes(datagram.readableBytes());
        int end = message.indexOf('\0');
        return new TftpPacket.ErrorPacket(code, end >= 0 ? message.substring(0, end) : message);
    }

    private static int block(ByteBuf datagram) throws TftpDecoderException {
        if (datagram.readableBytes() < 2) {
            throw illegal("cut off before its number");
        }
        return datagram.readUnsignedShort();
    }

    /** The first of a repeated option counts: RFC 2347 forbids to send one twice. */
    private static Map<String, String> options(ByteBuf datagram) throws TftpDecoderException {
        Map<String, String> options = new LinkedHashMap<>();
        if (isPadding(datagram)) {
            // Commons Net's TFTP.send puts a zero byte behind a request.
            datagram.skipBytes(datagram.readableBytes());
        }
        while (datagram.isReadable()) {
            String name = text(datagram, "option name").toLowerCase(Locale.ROOT);
            String value = text(datagram, "option value");
            options.putIfAbsent(name, value);
        }
        return options;
    }

    private static boolean isPadding(ByteBuf datagram) {
        return datagram.forEachByte(b -> b == 0) < 0;
    }

    private static String text(ByteBuf datagram, String what) throws TftpDecoderException {
        int length = datagram.bytesBefore((byte) 0);
        if (length < 0) {
            throw illegal(what + " has no end");
        }
        String text = datagram.readCharSequence(length, StandardCharsets.UTF_8).toString();
        datagram.skipBytes(1);
        if (text.isEmpty() && !what.equals("option value")) {
            throw illegal(what + " is empty");
        }
        return text;
    }

    private static TftpDecoderException illegal(String message) {
        return new TftpDecoderException(TftpErrorCode.ILLEGAL_OPERATION, message);
    }
}
