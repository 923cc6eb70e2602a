package dev.provhub.emulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response, read whole.
 *
 * @param location of a redirect, null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(int status, @Nullable String location, byte[] body) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    /** @throws IOException if it is no HTTP, ends too early or its body is longer than the limit */
    static HttpAnswer read(InputStream in, int maxBodyBytes) throws IOException {
        Matcher status = STATUS_LINE.matcher(line(in));
        if (!status.matches()) {
            throw new IOException("not an HTTP response");
        }
        Map<String, String> headers = headers(in);
        int code = Integer.parseInt(status.group(1));
        // Only a 200 has a body that anybody looks at
        byte[] body = code == 200 ? body(in, headers, maxBodyBytes) : new byte[0];
        return new HttpAnswer(code, headers.get("location"), body);
    }

    /** The only two that phones follow. */
    boolean isRedirect() {
        return status == 301 || status == 302;
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() > MAX_HEADERS) {
                throw new IOException("bad HTTP header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers, int max) throws IOException {
        String length = headers.get("content-length");
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in, max);
        } else if (length == null) {
            return limited(in.readNBytes(max + 1), max);
        }
        return exactly(in, number(length, 10, max));
    }

    private static byte[] chunks(InputStream in, int max) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = number(line(in).replaceFirst("\\s*;.*$", ""), 16, max);
        while (size > 0) {
            body.write(exactly(in, size));
            line(in);
            size = number(line(in).replaceFirst("\\s*;.*$", ""), 16, max - body.size());
        }
        return body.toByteArray();
    }

    private static int number(String text, int radix, int max) throws IOException {
        try {
            long number = Long.parseLong(text.strip(), radix);
            if (number >= 0 && number <= max) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("bad HTTP length", e);
        }
        throw new IOException("HTTP body is too long");
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("HTTP body ends too early");
        }
        return bytes;
    }

    private static byte[] limited(byte[] bytes, int max) throws IOException {
        if (bytes.length > max) {
            throw new IOException("HTTP body is too long");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > MAX_LINE) {
                throw new EOFException("HTTP response ends too early");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
