package dev.provhub.steps;

import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connections that outlive the endpoints that use them. Camel's HTTP endpoint closes what it was given when it stops, and endpoints stop
 * with each edition of the routes, also with one that is only tried.
 *
 * @param owned closed by its owner alone
 */
public record LentConnections(HttpClientConnectionManager owned) implements HttpClientConnectionManager {
    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout patience, @Nullable Object state) {
        return owned.lease(id, route, patience, state);
    }

    @Override
    public void release(ConnectionEndpoint endpoint, @Nullable Object state, TimeValue keepAlive) {
        owned.release(endpoint, state, keepAlive);
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue patience, HttpContext context) throws IOException {
        owned.connect(endpoint, patience, context);
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        owned.upgrade(endpoint, context);
    }

    @Override
    public void close() {
        // Its owner does
    }

    @Override
    public void close(CloseMode mode) {
        // Its owner does
    }
}
