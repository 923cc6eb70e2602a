package dev.provhub.ops.console;

import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;

/**
 * Step {@code console}: a file of the operators' web console. They are the same for everybody and need no token; what they show is
 * asked of the administration interface by the browser.
 */
public final class ConsoleStep {
    private static final String ROOT = "/console/";
    private static final String START = "index.html";
    /** Nothing but what the hub itself serves; no text is ever taken for HTML or for a script. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";

    private final ConsoleFiles files = ConsoleFiles.read();

    /**
     * 200 with the file that the path names; 304 when the browser has it as it is; 308 from {@code /console} to {@code /console/}, from
     * where relative addresses mean the right files; 404.
     */
    public void serve(Exchange exchange) {
        HttpMessage http = exchange.getIn(HttpMessage.class);
        String path = http.getRequest().getRequestURI();
        String known = http.getRequest().getHeader("If-None-Match");
        Message answer = exchange.getMessage();
        answer.setBody(null);
        answer.getHeaders().clear();
        secure(answer);
        if (!path.startsWith(ROOT)) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 308);
            answer.setHeader("Location", ROOT);
            return;
        }
        String name = path.substring(ROOT.length());
        Optional<ConsoleFile> found = files.find(name.isEmpty() ? START : name);
        if (found.isEmpty()) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            answer.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
            answer.setBody("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                    + "\"detail\":\"the console has no such file\"}");
            return;
        }
        ConsoleFile file = found.get();
        answer.setHeader("ETag", file.tag());
        if (known != null && isAmong(file.tag(), known)) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            return;
        }
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        answer.setHeader(Exchange.CONTENT_TYPE, file.contentType());
        answer.setBody(file.text());
    }

    private static void secure(Message answer) {
        answer.setHeader("Content-Security-Policy", CONTENT_POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** As RFC 9110, section 13.1.2, compares: weakly. */
    private static boolean isAmong(String tag, String header) {
        return Arrays.stream(header.split(",", -1))
                .map(one -> one.strip().replaceFirst("^W/", ""))
                .anyMatch(one -> one.equals("*") || one.equals(tag));
    }
}
