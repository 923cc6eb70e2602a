package dev.provhub.listen;

import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;

/**
 * Writes what a route has left in the message, and nothing else: status, the headers that steps set, the body with its
 * length. Without a body the answer is 404; a failed exchange is 503 and never carries a body.
 */
public final class DeviceHttpBinding extends DefaultHttpBinding {
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
            write(file.toPath(), exchange, response);
        } else if (body instanceof Path file) {
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } else {
            byte[] bytes = exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, body);
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }
}
