package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.Listener;
import dev.provhub.config.NotifySettings;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.Resyncs;
import dev.provhub.device.StoreException;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.listen.SipFrames;
import dev.provhub.listen.SipReplies;
import dev.provhub.listen.SipSilence;
import dev.provhub.listen.SipSocket;
import dev.provhub.notify.Deliveries;
import dev.provhub.notify.Notification;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.NotifyOutcome;
import dev.provhub.notify.NotifyPlanner;
import dev.provhub.notify.ThreadTimers;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.OrderRepository;
import dev.provhub.steps.NotificationsStep;
import dev.provhub.steps.NotifyDesk;
import dev.provhub.steps.SipPost;
import dev.provhub.steps.SipStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcNotifications;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.bytes.ByteArrayEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of NOTIFY stand on. */
final class HubNotify implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubNotify.class);
    /** An address with or without a port; one of IPv6 is in brackets, or written with all its eight parts. */
    private static final Pattern REMOTE = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)(?:%[^\\]]*)?\\]"
            + "|([0-9]{1,3}(?:\\.[0-9]{1,3}){3})"
            + "|([0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7})(?:%[^:]*)?)(?::[0-9]+)?");

    private final ThreadTimers timers = new ThreadTimers();
    private final EventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("sip", true));
    private final SipPost post = new SipPost();
    private final JdbcNotifications queue;
    private final Deliveries deliveries;
    private final NotifyDesk desk;
    private final Clock clock;

    HubNotify(
            HubConfig config,
            Database database,
            DeviceRepository devices,
            DeviceModels models,
            OrderRepository orders,
            DeviceLog log,
            Clock clock) {
        NotifySettings settings = config.notifying();
        SecureRandom random = new SecureRandom();
        this.clock = clock;
        this.queue = new JdbcNotifications(database);
        this.deliveries = new Deliveries(post, timers, random, this::ended);
        post.onUnsent(deliveries::unsent);
        this.desk = new NotifyDesk(
                new NotifyDesk.Parts(
                        queue,
                        deliveries,
                        new NotifyPlanner(new HubWays(settings.sip(), queue), settings.proxy(), settings.proxyLogin()),
                        (mac, time, action, outcome, reason) -> log.add(event(mac, time, action, outcome, reason)),
                        devices,
                        models,
                        orders,
                        new JdbcAuditLog(database, clock),
                        database.unitOfWork(),
                        clock),
                new NotifyDesk.Rate(settings.perSecond(), settings.spread()),
                random::nextInt);
    }

    /** The device's answer is worth a hint: the transaction fits, but nobody has proven anything over SIP. */
    private static DeviceEvent event(MacAddress mac, Instant time, String action, String outcome, String reason) {
        return new DeviceEvent(
                time,
                DeviceEvent.Kind.NOTIFY,
                new DeviceEvent.Asker(mac, null, DeviceEvent.Evidence.HINT, "", "sip", "", null),
                "NOTIFY " + action,
                new DeviceEvent.Verdict(action + " " + outcome, "", reason),
                DeviceEvent.Given.NOTHING,
                DeviceEvent.Shown.NOTHING);
    }

    /** A row that cannot be written now is taken up again when its lease is over. */
    private void ended(Notification one, NotifyOutcome outcome) {
        try {
            desk.end(one, outcome);
        } catch (StoreException e) {
            LOG.warn("The outcome of a NOTIFY is lost device={} outcome={}", one.mac(), outcome.text(), e);
        }
    }

    /** How many wait for their phone's answer. */
    int inFlight() {
        return deliveries.inFlight();
    }

    /** Has many devices told at once. */
    Resyncs resyncs() {
        return (devices, who) -> desk.askAll(devices, NotifyAction.RESYNC, who);
    }

    /** Has the devices told that orders have changed; to be called in the transaction that keeps them. */
    void tellOrdered(List<BulkIntake.Outcome> outcomes) {
        desk.askOrdered(
                outcomes.stream()
                        .flatMap(outcome -> Stream.ofNullable(outcome.order()))
                        .toList(),
                "orders");
    }

    /** By the names that routes use. */
    Map<String, Object> steps() {
        return Map.of(
                "notifications", new NotificationsStep(desk),
                "sip", new SipStep(deliveries),
                "sipPost", post,
                "sipSocket", new SipSocket(),
                "sipFrames", new SipFrames(),
                "sipSilence", new SipSilence(),
                "sipBytes", new ByteArrayEncoder(),
                "sipReplies", new SipReplies(deliveries::received),
                "sipLoops", loops);
    }

    /** What was on its way waits again, for the next start or another hub. */
    @Override
    public void close() {
        timers.close();
        for (Notification left : deliveries.close()) {
            try {
                queue.release(left, clock.instant());
            } catch (StoreException e) {
                LOG.warn("A NOTIFY on its way is taken up again later device={}", left.mac(), e);
            }
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** The address in what the device log has; empty for what is none. */
    static Optional<String> address(String remote) {
        Matcher parts = REMOTE.matcher(remote);
        return parts.matches()
                ? Stream.of(1, 2, 3).map(parts::group).filter(Objects::nonNull).findFirst()
                : Optional.empty();
    }

    /** The world as this machine sees it. */
    private record HubWays(Listener sip, JdbcNotifications queue) implements NotifyPlanner.Ways {
        @Override
        public InetAddress lookUp(String host) throws UnknownHostException {
            return InetAddress.getByName(host);
        }

        @Override
        public Optional<String> lastSeenAt(MacAddress mac) {
            return queue.lastSeenAt(mac).flatMap(HubNotify::address);
        }

        /** On all interfaces it is the one from which the system would send there. */
        @Override
        public String localTowards(InetAddress target) {
            if (!sip.isWildcard()) {
                return (sip.host().contains(":") ? "[" + sip.host() + "]" : sip.host()) + ":" + sip.port();
            }
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(target, sip.port()));
                String own = socket.getLocalAddress().getHostAddress().replaceFirst("%.*", "");
                return (own.contains(":") ? "[" + own + "]" : own) + ":" + sip.port();
            } catch (IOException | java.io.UncheckedIOException e) {
                LOG.debug("no way to {}", target, e);
                return "127.0.0.1:" + sip.port();
            }
        }
    }
}
