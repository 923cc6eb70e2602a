package dev.provhub.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/**
 * Cuts what comes in on a connection into SIP messages, by their Content-Length (RFC 3261, sections 7.5 and 18.3). A message
 * without one, or longer than {@value #LONGEST_BYTES} bytes, closes the connection. To be named in {@code decoders}.
 */
public final class SipFrames extends DefaultChannelHandlerFactory {
    static final int LONGEST_BYTES = 16 << 10;

    private static final Pattern LENGTH =
            Pattern.compile("(?im)^(?:content-length|l)[ \\t]*:[ \\t]*([0-9]{1,5})[ \\t]*\\r?$");

    @Override
    public ChannelHandler newChannelHandler() {
        return new Decoder();
    }

    static final class Decoder extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            while (in.isReadable() && (in.getByte(in.readerIndex()) == '\r' || in.getByte(in.readerIndex()) == '\n')) {
                // Keep-alives and blank lines between messages
                in.skipBytes(1);
            }
            int readable = Math.min(in.readableBytes(), LONGEST_BYTES);
            String text = in.toString(in.readerIndex(), readable, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                closeWhen(readable == LONGEST_BYTES, context, in);
                return;
            }
            Matcher length = LENGTH.matcher(text.substring(0, end));
            boolean known = length.find();
            int whole = end + 4 + (known ? Integer.parseInt(length.group(1)) : 0);
            if (!known || whole > LONGEST_BYTES) {
                closeWhen(true, context, in);
            } else if (whole <= in.readableBytes()) {
                byte[] message = new byte[whole];
                in.readBytes(message);
                out.add(message);
            }
        }

        private static void closeWhen(boolean hopeless, ChannelHandlerContext context, ByteBuf in) {
            if (hopeless) {
                in.skipBytes(in.readableBytes());
                context.close();
            }
        }
    }
}
