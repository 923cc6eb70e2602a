package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to clients through a socket. */
final class ChannelLine implements Line {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelLine.class);
    /** What the kernel cuts itself must fit the way as it is: an Ethernet frame without the headers of IP and UDP. */
    private static final int LARGEST_IPV4_BYTES = 1500 - 28;

    private static final int LARGEST_IPV6_BYTES = 1500 - 48;

    private final Channel channel;
    private final boolean ofTransfer;
    private boolean segments;

    /** @param ofTransfer whether the socket is there for one transfer and closed with it */
    ChannelLine(Channel channel, boolean ofTransfer) {
        this.channel = channel;
        this.ofTransfer = ofTransfer;
        this.segments =
                channel instanceof EpollDatagramChannel && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    /** What the kernel does not take in time is lost like any packet, and sent again by the timer. */
    @Override
    public void send(ByteBuf packet, InetSocketAddress to) {
        if (channel.isWritable()) {
            channel.write(new DatagramPacket(packet, to), channel.voidPromise());
        } else {
            packet.release();
        }
    }

    @Override
    public void sendAll(ByteBuf packets, int packetBytes, InetSocketAddress to) {
        if (!channel.isWritable()) {
            packets.release();
            return;
        }
        int largest = to.getAddress() instanceof Inet6Address ? LARGEST_IPV6_BYTES : LARGEST_IPV4_BYTES;
        if (segments && packetBytes <= largest) {
            channel.write(new SegmentedDatagramPacket(packets, packetBytes, to)).addListener(written -> {
                if (!written.isSuccess() && segments && channel.isActive()) {
                    segments = false;
                    LOG.info("Packets are sent one by one, the kernel does not cut them", written.cause());
                }
            });
            return;
        }
        try {
            while (packets.isReadable()) {
                ByteBuf packet = packets.readRetainedSlice(Math.min(packetBytes, packets.readableBytes()));
                channel.write(new DatagramPacket(packet, to), channel.voidPromise());
            }
        } finally {
            packets.release();
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close() {
        if (ofTransfer) {
            channel.flush();
            channel.close();
        }
    }
}
