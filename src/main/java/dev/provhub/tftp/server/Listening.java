package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpDecoder;
import dev.provhub.tftp.codec.TftpDecoderException;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One local address with all its sessions, by the client's address. Takes datagrams, hands them to their session, and requests to
 * {@link Transfers}.
 */
final class Listening extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final int DATA = 3;
    private static final int ACKNOWLEDGEMENT = 4;

    final Map<InetSocketAddress, Session> sessions = new HashMap<>();
    /** Whether a flush is to come by itself. */
    boolean flushing;

    private final Transfers transfers;
    private final Line line;
    private final InetSocketAddress local;

    Listening(Transfers transfers, Channel channel) {
        this.transfers = transfers;
        this.line = new ChannelLine(channel, false);
        this.local = (InetSocketAddress) channel.localAddress();
    }

    Line line() {
        return line;
    }

    InetSocketAddress local() {
        return local;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            InetSocketAddress remote = datagram.sender();
            if (remote.getPort() != 0) {
                take(datagram.content(), remote, System.nanoTime());
            }
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private void take(ByteBuf datagram, InetSocketAddress remote, long nowNanos) {
        Session session = sessions.get(remote);
        if (session != null && take(session, datagram, nowNanos)) {
            return;
        }
        try {
            TftpPacket packet = TftpDecoder.decode(datagram);
            if (packet instanceof TftpPacket.ReadRequest || packet instanceof TftpPacket.WriteRequest) {
                transfers.requested(this, packet, remote, nowNanos);
            } else if (packet instanceof TftpPacket.ErrorPacket) {
                // An error is never answered with an error (RFC 1350, section 7).
                if (session != null) {
                    session.end(TransferListener.Outcome.REFUSED_BY_CLIENT, null, nowNanos);
                    transfers.settle(this, session, nowNanos);
                }
            } else if (packet instanceof TftpPacket.Data data) {
                data.payload().release();
                refuse(TftpErrorCode.UNKNOWN_TRANSFER, remote);
            } else if (packet instanceof TftpPacket.Acknowledgement) {
                refuse(TftpErrorCode.UNKNOWN_TRANSFER, remote);
            }
        } catch (TftpDecoderException e) {
            LOG.debug("Datagram is no request remote={} reason={}", remote, e.getMessage());
            refuse(e.code(), remote);
            if (session != null && transfers.isSinglePort()) {
                session.end(TransferListener.Outcome.ABORTED, null, nowNanos);
                transfers.settle(this, session, nowNanos);
            }
        }
    }

    /** What nearly all packets are, without an object for each. */
    private boolean take(Session session, ByteBuf datagram, long nowNanos) {
        if (!transfers.isSinglePort() || !Sessions.take(session, datagram, nowNanos)) {
            return false;
        }
        transfers.settle(this, session, nowNanos);
        return true;
    }

    void refuse(TftpErrorCode code, InetSocketAddress remote) {
        Session.write(line, code.packet(), remote);
    }

    /** An ICMP answer, for one: timers find out whether the client is still there. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Channel reports", cause);
    }

    /** Packets that belong to a session. */
    static final class Sessions {
        private Sessions() {}

        /** Whether it was a block or an ACK; else nothing was read. */
        static boolean take(Session session, ByteBuf datagram, long nowNanos) {
            if (datagram.readableBytes() < 4) {
                return false;
            }
            int operation = datagram.getUnsignedShort(datagram.readerIndex());
            if (operation == ACKNOWLEDGEMENT) {
                session.acknowledged(datagram.getUnsignedShort(datagram.readerIndex() + 2), nowNanos);
                return true;
            }
            if (operation == DATA) {
                int number = datagram.skipBytes(2).readUnsignedShort();
                session.data(number, datagram, nowNanos);
                return true;
            }
            return false;
        }
    }
}
