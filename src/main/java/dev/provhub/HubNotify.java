package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.Listener;
import dev.provhub.config.NotifySettings;
import dev.provhub.device.Contact;
import dev.provhub.device.ContactLog;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreException;
import dev.provhub.listen.SipFrames;
import dev.provhub.listen.SipReplies;
import dev.provhub.listen.SipSilence;
import dev.provhub.listen.SipSocket;
import dev.provhub.notify.Deliveries;
import dev.provhub.notify.Notification;
import dev.provhub.notify.Notifications;
import dev.provhub.notify.NotifyOutcome;
import dev.provhub.notify.NotifyPlanner;
import dev.provhub.notify.ThreadTimers;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of NOTIFY stand on. */
final class HubNotify implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubNotify.class);
    /** What only a device at its own directory is given. */
    private static final Set<String> PROVEN = Set.of("profile answered", "wipe answered");

    private static final int LOOKED_AT = 50;

    private final ThreadTimers timers = new ThreadTimers();
    private final EventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("sip", true));
    private final SipPost post = new SipPost();
    private final Notifications queue;
    private final Deliveries deliveries;
    private final NotifyDesk desk;
    private final Clock clock;

    HubNotify(
            HubConfig config,
            Database database,
            DeviceRepository devices,
            DeviceModels models,
            OrderRepository orders,
            ContactLog contacts,
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
                        new NotifyPlanner(
                                new HubWays(settings.sip(), contacts), settings.proxy(), settings.proxyLogin()),
                        (mac, time, action, outcome, reason) -> contacts.add(
                                new Contact(time, mac, "sip", "NOTIFY " + action, outcome, reason, 0, null, "")),
                        devices,
                        models,
                        orders,
                        new JdbcAuditLog(database, clock),
                        database.unitOfWork(),
                        clock),
                new NotifyDesk.Rate(settings.perSecond(), settings.spread()),
                random::nextInt);
    }

    /** A row that cannot be written now is taken up again when its lease is over. */
    private void ended(Notification one, NotifyOutcome outcome) {
        try {
            desk.end(one, outcome);
        } catch (StoreException e) {
            LOG.warn("The outcome of a NOTIFY is lost device={} outcome={}", one.mac(), outcome.text(), e);
        }
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

    /** The world as this machine sees it. */
    private record HubWays(Listener sip, ContactLog contacts) implements NotifyPlanner.Ways {
        @Override
        public InetAddress lookUp(String host) throws UnknownHostException {
            return InetAddress.getByName(host);
        }

        @Override
        public Optional<String> lastSeenAt(MacAddress mac) {
            return contacts.latest(mac, LOOKED_AT).stream()
                    .filter(contact -> PROVEN.contains(contact.outcome()))
                    .map(Contact::remoteAddress)
                    .findFirst();
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
