package dev.provhub.emulator;

import dev.provhub.emulator.transport.PhoneNetwork;
import dev.provhub.emulator.transport.PhoneUrl;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends lines to {@code Syslog_Server} (section 8): bare text in a datagram, since what stands before it is not documented.
 * A multiplatform phone puts its {@code Syslog_Identifier} in front.
 */
final class SyslogSender {
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 514;

    private final Parameters parameters;
    private final PhoneFacts facts;
    private final PhoneNetwork network;
    private final Consumer<PhoneEvent> events;

    SyslogSender(Parameters parameters, PhoneFacts facts, PhoneNetwork network, Consumer<PhoneEvent> events) {
        this.parameters = parameters;
        this.facts = facts;
        this.network = network;
        this.events = events;
    }

    boolean isOn() {
        return SERVER.matcher(parameters.get("Syslog_Server").strip()).matches();
    }

    /**
     * Sends the text of a parameter, with its macros expanded; nothing when it is empty or no server is named.
     *
     * @param parameter e.g. {@code Log_Resync_Request_Msg}
     */
    void send(String parameter) {
        Matcher server = SERVER.matcher(parameters.get("Syslog_Server").strip());
        String text = parameters.get(parameter);
        if (text.isEmpty() || !server.matches()) {
            return;
        }
        String port = server.group(2);
        String identifier = parameters.get("Syslog_Identifier");
        String line = facts.expand(identifier.isEmpty() || identifier.equals("None") ? text : identifier + " " + text);
        InetSocketAddress address = new InetSocketAddress(
                server.group(1), port == null ? DEFAULT_PORT : Math.min(Integer.parseInt(port), 65_535));
        if (!address.isUnresolved()) {
            send(line, address);
            events.accept(new PhoneEvent.Logged(PhoneUrl.maskedPath(line)));
        }
    }

    private void send(String line, InetSocketAddress address) {
        new Bootstrap()
                .group(network.loops())
                .channel(PhoneNetwork.datagrams())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // It only sends
                    }
                })
                .bind(0)
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        bound.channel()
                                .writeAndFlush(new DatagramPacket(
                                        Unpooled.copiedBuffer(line, StandardCharsets.UTF_8), address))
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                });
    }
}
