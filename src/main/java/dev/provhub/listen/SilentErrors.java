package dev.provhub.listen;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;

/** What a server of ours has in common: it names no product and answers a mistake with a bare status. */
final class SilentErrors implements Request.Handler {
    /** Idle connections are closed after this long, in milliseconds. */
    private static final long IDLE_TIMEOUT_MILLIS = 30_000;
    /** Largest request line and headers, in bytes. */
    private static final int REQUEST_HEADER_BYTES = 16 * 1024;

    private SilentErrors() {}

    static void installOn(Handler front, Duration headerTimeout) {
        Server server = front.getServer();
        server.setErrorHandler(new SilentErrors());
        SlowClients.watch(server, headerTimeout);
        for (var connector : server.getConnectors()) {
            connector.getConnectionFactories().stream()
                    .filter(HttpConnectionFactory.class::isInstance)
                    .map(factory -> ((HttpConnectionFactory) factory).getHttpConfiguration())
                    .forEach(SilentErrors::harden);
            // Asked for again and again on one connection, a new handshake costs the server far more than the client
            SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
            if (tls != null) {
                tls.getSslContextFactory().setRenegotiationAllowed(false);
            }
        }
    }

    private static void harden(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
        http.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().remove("Cache-Control");
        callback.succeeded();
        return true;
    }
}
