package dev.provhub.emulator.transport;

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

/** Reads one response of HTTP/1.0 or 1.1 from a connection that ends with it: by length, in chunks, or to the end. */
final class HttpResponseReader {
    private static final int MOST_HEADER_BYTES = 16 << 10;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,7})\\s*(?:;.*)?");

    private final InputStream in;
    private final int maxBytes;
    private int headerBytes;

    HttpResponseReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** @throws IOException when it is not HTTP, breaks off, or is larger than allowed */
    HttpResponse read() throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        while (status / 100 == 1) {
            status = status();
            headers = headers();
        }
        return new HttpResponse(status, headers, status == 200 ? body(headers) : new byte[0]);
    }

    private int status() throws IOException {
        Matcher matcher = STATUS_LINE.matcher(line());
        if (!matcher.matches()) {
            throw new IOException("answer is not HTTP/1.x");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("header line without a colon");
            }
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("answer breaks off in its headers");
            }
            if (++headerBytes > MOST_HEADER_BYTES) {
                throw new IOException("headers are larger than " + MOST_HEADER_BYTES + " bytes");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? toTheEnd() : exactly(parseLength(length));
    }

    private static int parseLength(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("Content-Length is not a number that fits", e);
        }
    }

    private byte[] toTheEnd() throws IOException {
        byte[] body = in.readNBytes(maxBytes + 1);
        checkSize(body.length);
        return body;
    }

    private byte[] exactly(int length) throws IOException {
        checkSize(length);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("answer breaks off after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            checkSize((long) body.size() + size);
            body.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("chunk does not end where it should");
            }
        }
        headers();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        // Chunks are framing: they do not use up what the headers may have
        headerBytes = 0;
        Matcher matcher = CHUNK_SIZE.matcher(line());
        if (!matcher.matches()) {
            throw new IOException("chunk size is not a number");
        }
        return Integer.parseInt(matcher.group(1), 16);
    }

    private void checkSize(long bytes) throws IOException {
        if (bytes < 0 || bytes > maxBytes) {
            throw new IOException("answer of " + bytes + " bytes is larger than " + maxBytes);
        }
    }
}
