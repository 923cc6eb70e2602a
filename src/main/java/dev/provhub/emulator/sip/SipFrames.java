package dev.provhub.emulator.sip;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a connection into messages by their Content-Length (RFC 3261, section 18.3). */
final class SipFrames extends ByteToMessageDecoder {
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:content-length|l)\\s*:\\s*([0-9]{1,6})\\s*$");
    private static final int LONGEST = 64 << 10;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        while (in.isReadable() && Character.isWhitespace(in.getByte(in.readerIndex()))) {
            in.skipBytes(1);
        }
        String text = in.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (text.length() > LONGEST) {
            throw new TooLongFrameException("SIP message is longer than " + LONGEST + " bytes");
        }
        if (end < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(text.substring(0, end));
        int whole = end + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        if (whole <= in.readableBytes()) {
            out.add(in.readRetainedSlice(whole));
        }
    }
}
