package dev.provhub.listen;

import dev.provhub.access.AccessRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What the administration interface answers where no route does: RFC 9457, and below {@code /tmf-api} the standard's {@code Error}
 * (TMF630, part 1). Nothing of the request is in it but the plain name of a query parameter.
 */
final class ApiErrors implements Request.Handler {
    /** For a status that the server itself has come to. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (request.getMethod().equals("HEAD")) {
            if (status == 405) {
                allow(response, AccessRules.methods(Request.getPathInContext(request)));
            }
            callback.succeeded();
            return true;
        }
        return write(
                status, status == 404 ? "nothing is here" : "", Request.getPathInContext(request), response, callback);
    }

    /**
     * Ends a request.
     *
     * @param detail what is wrong, without quotes; may be empty
     * @param path   decoded, from the first slash
     */
    static boolean write(int status, String detail, String path, Response response, Callback callback) {
        Set<String> methods = AccessRules.methods(path);
        String message = detail;
        if (status == 405 && !methods.isEmpty()) {
            message = "allowed here: " + allow(response, methods);
        }
        boolean tmf = path.startsWith("/tmf-api/");
        String title = HttpStatus.getMessage(status);
        String body = tmf
                ? "{\"@type\":\"Error\",\"code\":\"" + status + "\",\"reason\":\"" + title + "\""
                        + member("message", message) + ",\"status\":\"" + status + "\"}"
                : "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status
                        + member("detail", message) + "}";
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, tmf ? "application/json" : "application/problem+json");
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)), callback);
        return true;
    }

    private static String allow(Response response, Set<String> methods) {
        String allowed = String.join(", ", methods);
        if (!allowed.isEmpty()) {
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
        }
        return allowed;
    }

    private static String member(String name, String value) {
        return value.isEmpty() ? "" : ",\"" + name + "\":\"" + value + "\"";
    }
}
