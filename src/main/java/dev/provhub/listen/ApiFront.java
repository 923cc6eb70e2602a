package dev.provhub.listen;

import dev.provhub.access.AccessRules;
import dev.provhub.access.Caller;
import dev.provhub.access.QueryRules;
import dev.provhub.access.Role;
import dev.provhub.config.ListenerGuard;
import dev.provhub.device.StoreException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the administration interface: without a valid bearer token everything but the health pages and the files of the
 * console is 401, also what does not exist; without the role that a path needs it is 403; what is not in the table
 * is 404 or 405 for all but {@code admin}, whose requests go to the routes, a site's own among them. Steps find the {@link Caller} as the request's
 * attribute {@link #CALLER}. No answer but the console's files may be kept by a cache.
 */
public final class ApiFront extends Handler.Wrapper {
    /** Name of the request attribute that holds who asks; absent on pages that need no token. */
    public static final String CALLER = "dev.provhub.caller";

    private static final Logger LOG = LoggerFactory.getLogger(ApiFront.class);
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");
    /** Files of the console, in the one way in which they are written: nothing that another reader might understand otherwise. */
    private static final Pattern CONSOLE = Pattern.compile("/console(/([a-z-]+/)?([a-z0-9-]+([.][a-z]+)?)?)?");

    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/form-data");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String BEARER = "Bearer ";

    private final Function<String, Optional<Caller>> callers;

    private final ListenerGuard guard;
    private final QueryRules queries = new QueryRules();

    /**
     * Needs to know who may come in.
     *
     * @param callers says whose token this is; asked with what the caller sent
     * @param guard   what the listener puts up with
     */
    public ApiFront(Function<String, Optional<Caller>> callers, ListenerGuard guard) {
        this.callers = callers;
        this.guard = guard;
    }

    @Override
    protected void doStart() throws Exception {
        SilentErrors.installOn(this, guard.headerTimeout());
        getServer().setErrorHandler(new ApiErrors());
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (OPEN.contains(path)) {
            return super.handle(request, response, callback);
        }
        if (isOfConsole(request, path)) {
            // Each time the browser asks whether its copy is the present one
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
            return super.handle(new AsGet(request), response, callback);
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Optional<Caller> caller;
        try {
            caller = caller(request);
        } catch (StoreException e) {
            LOG.warn("Tokens cannot be read, a request is refused", e);
            return ApiErrors.write(503, "the database does not answer", path, response, callback);
        }
        if (caller.isEmpty()) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            return ApiErrors.write(401, "a valid bearer token is needed", path, response, callback);
        }
        Role needed = AccessRules.needed(request.getMethod(), path);
        if (!caller.get().may(needed)) {
            LOG.info("Request refused token={} role={}", caller.get().id(), needed.word());
            return refuse(path, request.getMethod(), needed, response, callback);
        }
        if (isForm(request)) {
            String detail =
                    "a form is not taken; the body is JSON, CSV or the bytes of a file, and Content-Type says so";
            return ApiErrors.write(415, detail, path, response, callback);
        }
        if (!isText(request.getHttpURI().getQuery())) {
            String detail = "the query is not percent-encoded UTF-8";
            return ApiErrors.write(400, detail, path, response, callback);
        }
        Optional<String> misspelt = complaint(request, path);
        if (misspelt.isPresent()) {
            return ApiErrors.write(400, misspelt.get(), path, response, callback);
        }
        request.setAttribute(CALLER, caller.get());
        return super.handle(new WithoutHeaders(request, queries.names(request.getMethod(), path)), response, callback);
    }

    /** Whether just a file of the console is asked for, without anything that could mean more. */
    private static boolean isOfConsole(Request request, String path) {
        return CONSOLE.matcher(path).matches()
                && path.equals(request.getHttpURI().getPath())
                && request.getHttpURI().getQuery() == null
                && READING.contains(request.getMethod())
                && !isForm(request);
    }

    /** What somebody may not do who may do other things: a word that is misspelt would look like a role that is missing. */
    private static boolean refuse(String path, String method, Role needed, Response response, Callback callback) {
        if (!AccessRules.isKnown(method, path)) {
            return AccessRules.methods(path).isEmpty()
                    ? ApiErrors.write(404, "nothing is here, or for the role admin only", path, response, callback)
                    : ApiErrors.write(405, "", path, response, callback);
        }
        return ApiErrors.write(403, "the role " + needed.word() + " is needed for this", path, response, callback);
    }

    /** REST routes take no HEAD; what is written to its answer beyond the headers Jetty leaves out. */
    private static final class AsGet extends Request.Wrapper {
        AsGet(Request request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }

    /** Camel keeps headers and query parameters in one map: a header of a parameter's name would be taken for it. */
    private static final class WithoutHeaders extends Request.Wrapper {
        private final HttpFields headers;

        WithoutHeaders(Request request, Set<String> names) {
            super(request);
            HttpFields.Mutable left = HttpFields.build(request.getHeaders());
            names.forEach(left::remove);
            this.headers = left;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }

    /** What a program sends that says nothing of its body's type; it would be taken apart and be gone. */
    private static boolean isForm(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && FORMS.stream().anyMatch(form -> type.regionMatches(true, 0, form, 0, form.length()));
    }

    private Optional<String> complaint(Request request, String path) {
        String query = request.getHttpURI().getQuery();
        return query == null ? Optional.empty() : queries.complaint(request.getMethod(), path, query);
    }

    private static boolean isText(@Nullable String query) {
        if (query == null || query.indexOf('%') < 0) {
            return true;
        }
        try {
            return !URLDecoder.decode(query, StandardCharsets.UTF_8).contains("\uFFFD");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Caller> caller(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? callers.apply(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
