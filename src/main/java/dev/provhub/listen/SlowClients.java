package dev.provhub.listen;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that are kept open by sending next to nothing, which an idle limit never ends: headers that take too long
 * in total, bodies that come in drops, answers that are taken in drops, and connections that never get as far as a request. All connections of a server are
 * looked at a few times within the limit, so that a request costs nothing for it.
 *
 * <p>Jetty 12 has no limit of the kind; where a connection stands is read from its HTTP parser.
 */
final class SlowClients implements LifeCycle.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    /** So many times what headers may take, for PROXY header, TLS handshake and the first byte: the hub itself may be busy. */
    private static final int BEGINNING = 6;
    /** So many times what headers may take, a body may be as slow as it likes. */
    private static final int BODY_GRACE = 3;
    /** Below this a body is no upload, and an answer no download. */
    private static final long SLOWEST_BYTES_PER_SECOND = 512;

    private final Server server;
    private final Duration headerTimeout;
    private final Duration period;
    private IdentityHashMap<EndPoint, Wait> waits = new IdentityHashMap<>();
    private Scheduler.@Nullable Task task;

    private SlowClients(Server server, Duration headerTimeout) {
        this.server = server;
        this.headerTimeout = headerTimeout;
        this.period = headerTimeout.dividedBy(4);
    }

    /** Begins when the server has started. */
    static void watch(Server server, Duration headerTimeout) {
        server.addEventListener(new SlowClients(server, headerTimeout));
    }

    /** What a connection has been waiting for. */
    private enum For {
        NOTHING,
        FIRST_REQUEST,
        HEADERS,
        BODY,
        TAKING
    }

    /** Since when a connection waits for the same thing, and how much it had received, or sent, then. */
    private record Wait(For what, long sinceNanos, long bytes) {}

    @Override
    public void lifeCycleStarted(LifeCycle started) {
        lookLater();
    }

    @Override
    public void lifeCycleStopping(LifeCycle stopping) {
        Scheduler.Task last = task;
        if (last != null) {
            last.cancel();
        }
    }

    private void lookLater() {
        task = server.getScheduler().schedule(this::look, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            IdentityHashMap<EndPoint, Wait> still = new IdentityHashMap<>();
            for (Connector connector : server.getConnectors()) {
                for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                    look(endPoint, still);
                }
            }
            waits = still;
        } finally {
            if (server.isRunning()) {
                lookLater();
            }
        }
    }

    private void look(EndPoint endPoint, IdentityHashMap<EndPoint, Wait> still) {
        Wait now = waitOf(endPoint);
        Wait before = waits.get(endPoint);
        Wait wait = before != null && before.what() == now.what() && now.what() != For.HEADERS ? before : now;
        if (isTooSlow(wait, now)) {
            LOG.debug("Connection closed, too slow remote={} waitedFor={}", endPoint.getRemoteSocketAddress(), wait);
            endPoint.close();
        } else if (wait.what() != For.NOTHING) {
            still.put(endPoint, wait);
        }
    }

    private boolean isTooSlow(Wait wait, Wait now) {
        Duration waited = Duration.ofNanos(System.nanoTime() - wait.sinceNanos());
        return switch (wait.what()) {
            case NOTHING -> false;
            case FIRST_REQUEST -> waited.compareTo(headerTimeout.multipliedBy(BEGINNING)) > 0;
            case HEADERS -> waited.compareTo(headerTimeout) > 0;
            case BODY, TAKING ->
                waited.compareTo(headerTimeout.multipliedBy(BODY_GRACE)) > 0
                        && now.bytes() - wait.bytes() < waited.toSeconds() * SLOWEST_BYTES_PER_SECOND;
        };
    }

    private static Wait waitOf(EndPoint endPoint) {
        Connection connection = endPoint.getConnection();
        if (connection instanceof SslConnection tls) {
            connection = tls.getSslEndPoint().getConnection();
        }
        if (!(connection instanceof HttpConnection http)) {
            return new Wait(For.FIRST_REQUEST, System.nanoTime(), 0);
        }
        HttpParser parser = http.getParser();
        if (parser.isStart()) {
            return new Wait(
                    http.getMessagesIn() == 0 ? For.FIRST_REQUEST : For.NOTHING, System.nanoTime(), http.getBytesIn());
        }
        if (parser.inHeaderState()) {
            return new Wait(For.HEADERS, parser.getBeginNanoTime(), http.getBytesIn());
        }
        // Only while the hub waits for the client, not while the client waits for the hub
        if (endPoint instanceof AbstractEndPoint open && open.getWriteFlusher().isPending()) {
            return new Wait(For.TAKING, System.nanoTime(), http.getBytesOut());
        }
        boolean waitsForBody = parser.inContentState() && http.getEndPoint().isFillInterested();
        return new Wait(waitsForBody ? For.BODY : For.NOTHING, System.nanoTime(), http.getBytesIn());
    }
}
