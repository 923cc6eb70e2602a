package dev.provhub.listen;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.http.common.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a route has left in the message, and nothing else: status, the headers that steps set, the body with its
 * length. Without a body the answer is 404; a failed exchange is 503 and never carries a body.
 */
public final class DeviceHttpBinding extends DefaultHttpBinding {
    /**
     * Takes path, method and body as they are. Camel would also look for a form and its parts, take them apart, and fail when
     * there is none.
     */
    @Override
    public void readRequest(HttpServletRequest request, Message message) {
        message.setHeader(Exchange.HTTP_PATH, request.getRequestURI());
        message.setHeader(Exchange.HTTP_URI, request.getRequestURI());
        message.setHeader(Exchange.HTTP_METHOD, request.getMethod());
        message.setBody(new BodyOnDemand(request));
    }

    /** The body of a request that is opened by the first read: who waits for 100 Continue is told so only then. */
    private static final class BodyOnDemand extends InputStream {
        private final HttpServletRequest request;

        BodyOnDemand(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public int read() throws IOException {
            return request.getInputStream().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return request.getInputStream().read(into, offset, length);
        }
    }

    /** Asked again when a step has emptied the message: then there is no body any more. */
    @Override
    public @Nullable Object parseBody(HttpServletRequest request, Message message) {
        return null;
    }

    @Override
    public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
        if (exchange.isFailed()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        Message answer = exchange.getMessage();
        Object body = answer.getBody();
        response.setStatus(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, body == null ? 404 : 200, Integer.class));
        for (Map.Entry<String, Object> header : answer.getHeaders().entrySet()) {
            String value = exchange.getContext().getTypeConverter().convertTo(String.class, header.getValue());
            if (value != null
                    && !getHeaderFilterStrategy()
                            .applyFilterToCamelHeaders(header.getKey(), header.getValue(), exchange)) {
                response.setHeader(header.getKey(), value);
            }
        }
        String contentType = answer.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (contentType != null && body != null) {
            response.setContentType(contentType);
        }
        if (body != null) {
            write(body, exchange, response);
        }
    }

    private static void write(Object body, Exchange exchange, HttpServletResponse response) throws IOException {
        if (body instanceof File file) {
            writeFile(file.toPath(), exchange, response);
        } else if (body instanceof Path file) {
            writeFile(file, exchange, response);
        } else {
            byte[] bytes = exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, body);
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    /** Whole, or the one range that was asked for: a phone or a program that was cut off goes on where it was. */
    private static void writeFile(Path file, Exchange exchange, HttpServletResponse response) throws IOException {
        if (isKnown(exchange, response)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteRange whole = new ByteRange(0, size - 1);
            ByteRange range = asked(exchange)
                    .filter(header -> isSame(exchange, response))
                    .flatMap(header -> ByteRange.parse(header, size))
                    .orElse(whole);
            if (range.equals(whole)) {
                response.setContentLengthLong(size);
            } else if (range.isSatisfiable(size)) {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
                response.setContentLengthLong(range.length());
            } else {
                response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                response.setHeader("Content-Range", "bytes */" + size);
                return;
            }
            WritableByteChannel out = Channels.newChannel(response.getOutputStream());
            for (long at = range.first(); at <= range.last(); ) {
                long sent = channel.transferTo(at, range.last() - at + 1, out);
                if (sent <= 0) {
                    throw new IOException("the file has become shorter while it was sent");
                }
                at += sent;
            }
        }
    }

    private static Optional<String> asked(Exchange exchange) {
        return header(exchange, "Range");
    }

    private static Optional<String> header(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.getIn(HttpMessage.class))
                .map(HttpMessage::getRequest)
                .map(request -> request.getHeader(name));
    }

    /** Whether who asks has what a step has named by an ETag (RFC 9110, section 13.1.2). */
    private static boolean isKnown(Exchange exchange, HttpServletResponse response) {
        String tag = response.getHeader("ETag");
        return tag != null
                && header(exchange, "If-None-Match")
                        .filter(known -> known.strip().equals("*")
                                || Arrays.stream(known.split(",", -1))
                                        .map(String::strip)
                                        .anyMatch(one ->
                                                one.replaceFirst("^W/", "").equals(tag)))
                        .isPresent();
    }

    /** Whether a range may be of what who asks has the rest of (RFC 9110, section 13.1.5). */
    private static boolean isSame(Exchange exchange, HttpServletResponse response) {
        return header(exchange, "If-Range")
                .map(known -> known.strip().equals(response.getHeader("ETag")))
                .orElse(true);
    }
}
