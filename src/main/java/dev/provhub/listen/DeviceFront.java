package dev.provhub.listen;

import dev.provhub.config.ListenerGuard;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the routes of a listener for phones: takes the paths that phones really send (several leading slashes,
 * empty segments) and answers what no phone ever asks with the bare 404 of an unknown name. One per listener.
 */
public final class DeviceFront extends Handler.Wrapper {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT");

    private final ListenerGuard guard;
    private final TlsFailures failures;

    /**
     * A front for one listener.
     *
     * @param guard    what the listener puts up with, and whom it believes
     * @param failures is told of handshakes that failed; must be quick
     */
    public DeviceFront(ListenerGuard guard, Consumer<TlsFailures.Failure> failures) {
        this.guard = guard;
        this.failures = new TlsFailures(failures);
    }

    @Override
    protected void doStart() throws Exception {
        SilentErrors.installOn(this, guard.headerTimeout());
        if (guard.proxyProtocol()) {
            BalancedConnections.expectOn(getServer(), guard);
        }
        // A phone that was told http://host/ asks for //spa504G.cfg, and one that has applied nothing has an empty
        // segment in its own path. Jetty refuses both unless told.
        for (var connector : getServer().getConnectors()) {
            failures.watch(connector);
            for (var factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConnectionFactory http) {
                    http.getHttpConfiguration().setUriCompliance(UriCompliance.UNSAFE);
                }
            }
        }
        ServletContextHandler servlets = getServer().getDescendant(ServletContextHandler.class);
        if (servlets != null) {
            servlets.getServletHandler().setDecodeAmbiguousURIs(true);
        }
        super.doStart();
    }

    @Override
    public boolean handle(Request sent, Response response, Callback callback) throws Exception {
        Request request = ForwardedFor.applied(sent, guard);
        if (!METHODS.contains(request.getMethod())) {
            response.setStatus(404);
            callback.succeeded();
            return true;
        }
        String path = request.getHttpURI().getPath();
        if (path != null && path.startsWith("//")) {
            return super.handle(new OneLeadingSlash(request, path), response, callback);
        }
        return super.handle(request, response, callback);
    }

    private static final class OneLeadingSlash extends Request.Wrapper {
        private final HttpURI uri;

        OneLeadingSlash(Request request, String path) {
            super(request);
            this.uri = HttpURI.build(request.getHttpURI())
                    .path(path.replaceFirst("^/+", "/"))
                    .asImmutable();
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }
    }
}
