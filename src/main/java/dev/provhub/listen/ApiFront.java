package dev.provhub.listen;

import dev.provhub.config.ListenerGuard;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the administration interface: without a valid bearer token everything but the health pages is 401, also
 * what does not exist.
 */
public final class ApiFront extends Handler.Wrapper {
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");
    private static final String BEARER = "Bearer ";

    private final Predicate<String> tokenIsValid;

    private final ListenerGuard guard;

    /**
     * Needs to know who may come in.
     *
     * @param tokenIsValid asked with what the caller sent, in constant time
     * @param guard        what the listener puts up with
     */
    public ApiFront(Predicate<String> tokenIsValid, ListenerGuard guard) {
        this.tokenIsValid = tokenIsValid;
        this.guard = guard;
    }

    @Override
    protected void doStart() throws Exception {
        SilentErrors.installOn(this, guard.headerTimeout());
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (OPEN.contains(Request.getPathInContext(request)) || isAuthorised(request)) {
            return super.handle(request, response, callback);
        }
        byte[] body = "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401}"
                .getBytes(StandardCharsets.US_ASCII);
        response.setStatus(401);
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, java.nio.ByteBuffer.wrap(body), callback);
        return true;
    }

    private boolean isAuthorised(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && tokenIsValid.test(header.substring(BEARER.length()).strip());
    }
}
