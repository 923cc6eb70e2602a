package dev.provhub.steps;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.order.api.ApiAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code apiAnswers}: answers to programs. */
public final class ApiAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ApiAnswers.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A step has failed: 500 without the reason, which the log has. */
    public void failed(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error("Administration request failed route={}", exchange.getFromRouteId(), cause);
        problem(exchange, 500, "Internal Server Error", "the reason is in the hub's log");
    }

    /** The body of a request, and one byte more than {@code largest} when it is larger than that; the rest is not read. */
    static byte[] body(Exchange exchange, int largest) {
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            return in == null ? new byte[0] : in.readNBytes(largest + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("a request was cut off", e);
        }
    }

    /**
     * The JSON object in a body.
     *
     * @throws IllegalArgumentException when there is none; the message does not quote it
     */
    static JsonNode object(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new IllegalArgumentException("the body is empty");
        }
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not JSON, or names a field twice");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (!object.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object");
        }
        return object;
    }

    /** What an interface of the orders has made. */
    static void answer(Exchange exchange, ApiAnswer answer) {
        Message message = HubExchange.emptied(exchange);
        answer.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setBody(answer.body());
    }

    /**
     * The JSON object in the body of a request, with none but these fields.
     *
     * @param largest bytes
     * @throws IllegalArgumentException naming what is wrong with it
     */
    static JsonNode object(Exchange exchange, int largest, Set<String> fields) {
        byte[] body = body(exchange, largest);
        if (body.length > largest) {
            throw new IllegalArgumentException("the body is longer than " + largest + " bytes");
        }
        return withOnly(object(body), fields);
    }

    /** @throws IllegalArgumentException naming a field that is none of these */
    static JsonNode withOnly(JsonNode object, Set<String> fields) {
        object.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException(
                        "field '" + field + "' is none of " + String.join(", ", new TreeSet<>(fields)));
            }
        });
        return object;
    }

    static void json(Exchange exchange, int status, String body) {
        answer(exchange, status, "application/json", body);
    }

    /** RFC 9457; below {@code /tmf-api} the standard's {@code Error} (TMF630, part 1). */
    static void problem(Exchange exchange, int status, String title, String detail) {
        problem(exchange, status, title, detail, Map.of());
    }

    /** As {@link #problem(Exchange, int, String, String)}, with members beside those that each problem has. */
    static void problem(Exchange exchange, int status, String title, String detail, Map<String, Object> more) {
        if (exchange.getFromEndpoint().getEndpointUri().contains("/tmf-api/")) {
            String error = JSON.createObjectNode()
                    .put("@type", "Error")
                    .put("code", Integer.toString(status))
                    .put("reason", title)
                    .put("message", detail)
                    .put("status", Integer.toString(status))
                    .toString();
            answer(exchange, status, "application/json", error);
            return;
        }
        ObjectNode body = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        new TreeMap<>(more).forEach(body::putPOJO);
        answer(exchange, status, "application/problem+json", body.toString());
    }

    static void answer(Exchange exchange, int status, String contentType, @Nullable Object body) {
        Message message = HubExchange.emptied(exchange);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(body);
    }
}
