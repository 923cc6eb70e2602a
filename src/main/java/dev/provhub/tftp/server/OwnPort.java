package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of one transfer (RFC 1350, section 4), for clients that insist on it. */
final class OwnPort extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPort.class);
    private static final int ERROR = 5;
    private static final int READ_BYTES = 576;
    private static final int SPARE_BYTES = 8;

    private final Session session;
    private final Transfers transfers;
    private final Listening at;

    OwnPort(Session session, Transfers transfers, Listening at) {
        this.session = session;
        this.transfers = transfers;
        this.at = at;
    }

    ChannelFuture bind(Transport transport, TftpServerSettings settings) {
        InetSocketAddress local = at.local();
        int largest = session instanceof Reception ? settings.maxBlockSizeBytes() + SPARE_BYTES : READ_BYTES;
        return new Bootstrap()
                .group(transport.group())
                .channelFactory(() -> transport.channel(local.getAddress()))
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(largest))
                .handler(this)
                .bind(new InetSocketAddress(local.getAddress(), 0));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        long now = System.nanoTime();
        if (!datagram.sender().equals(session.request.remote())) {
            // RFC 1350, section 4: a stranger is told, the transfer goes on. An error is never answered with an error
            // (section 7):
            // two such ports would tell each other for ever.
            if (!isError(datagram.content())) {
                Session.write(session.line(), TftpErrorCode.UNKNOWN_TRANSFER.packet(), datagram.sender());
            }
        } else if (!Listening.Sessions.take(session, datagram.content(), now)) {
            other(datagram.content(), now);
        }
        transfers.settle(at, session, now);
    }

    private static boolean isError(ByteBuf datagram) {
        return datagram.readableBytes() >= 2 && datagram.getUnsignedShort(datagram.readerIndex()) == ERROR;
    }

    private void other(ByteBuf datagram, long nowNanos) {
        try {
            boolean error = TftpDecoder.decode(datagram) instanceof TftpPacket.ErrorPacket;
            session.end(
                    error ? TransferListener.Outcome.REFUSED_BY_CLIENT : TransferListener.Outcome.ABORTED,
                    error ? null : TftpErrorCode.ILLEGAL_OPERATION,
                    nowNanos);
        } catch (TftpDecoderException e) {
            session.end(TransferListener.Outcome.ABORTED, e.code(), nowNanos);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Transfer channel reports remote={}", session.request.remote(), cause);
    }
}
