package dev.provhub.steps;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.PlainText;
import dev.provhub.devicelog.SyslogLine;
import io.github.bucket4j.Bucket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;
import org.apache.camel.component.syslog.SyslogMessage;

/**
 * Step {@code syslog}: lines of the phones' syslog into the device log. Anybody can send such a line, so it is a hint and nothing
 * else, so many of one address and of all are written down, and nothing in it reaches a terminal as it was sent.
 */
public final class SyslogStep {
    private static final int ADDRESSES = 10_000;
    /** A phone that starts with all its debugging on sends some hundred; many may share an address. */
    private static final int OF_ONE_ADDRESS = 1_200;

    private static final int OF_ALL = 30_000;
    private static final int LONGEST_BYTES = 2_048;
    private static final int LONGEST_LINE = 500;

    private final DeviceLog log;
    private final Clock clock;
    private final Cache<String, Bucket> addresses =
            Caffeine.newBuilder().maximumSize(ADDRESSES).build();
    private final Bucket all = perMinute(OF_ALL);

    /** Needs the log, and the time. */
    public SyslogStep(DeviceLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * From a datagram to its text in {@code hubSyslogLine}, and in the body the same for what understands frames; the body is
     * null for what is one too many, or no text.
     */
    public void admit(Exchange exchange) {
        byte[] datagram = exchange.getMessage().getBody(byte[].class);
        String address = text(exchange);
        String from = address.substring(0, Math.max(0, address.lastIndexOf(':')));
        boolean admitted = datagram != null
                && datagram.length > 0
                && addresses.get(from, any -> perMinute(OF_ONE_ADDRESS)).tryConsume(1)
                && all.tryConsume(1);
        String line = admitted
                ? new String(datagram, 0, Math.min(datagram.length, LONGEST_BYTES), StandardCharsets.UTF_8).strip()
                : "";
        exchange.setProperty(HubExchange.SYSLOG_LINE, line);
        exchange.getMessage().setBody(line.isEmpty() ? null : line);
    }

    /** From {@code hubSyslogLine}, or the frame that was read from it, into the device log. */
    public void note(Exchange exchange) {
        String raw = exchange.getProperty(HubExchange.SYSLOG_LINE, "", String.class);
        SyslogLine line = SyslogLine.read(raw);
        if (exchange.getMessage().getBody() instanceof SyslogMessage framed && framed.getLogMessage() != null) {
            SyslogLine unframed = SyslogLine.read(framed.getHostname() + " " + framed.getLogMessage());
            line = unframed.says() == SyslogLine.Says.SOMETHING ? line : unframed;
        }
        if (line.mac() == null && line.says() == SyslogLine.Says.SOMETHING) {
            return;
        }
        log.add(new DeviceEvent(
                clock.instant(),
                DeviceEvent.Kind.SYSLOG,
                new Asker(
                        line.mac(),
                        null,
                        line.mac() == null ? Evidence.NONE : Evidence.HINT,
                        line.mac() == null ? "" : "MAC in the line",
                        "syslog",
                        text(exchange),
                        null),
                PlainText.of(line.text(), LONGEST_LINE),
                new Verdict(line.says().word(), "", ""),
                Given.NOTHING,
                Shown.NOTHING));
    }

    private static String text(Exchange exchange) {
        InetSocketAddress remote =
                exchange.getMessage().getHeader(NettyConstants.NETTY_REMOTE_ADDRESS, InetSocketAddress.class);
        return remote == null || remote.getAddress() == null
                ? "unknown"
                : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    private static Bucket perMinute(int lines) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(lines).refillGreedy(lines, Duration.ofMinutes(1)))
                .build();
    }
}
