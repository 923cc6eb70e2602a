package dev.provhub.emulator.transport;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a phone fetches something: {@code [scheme://]host[:port]/path}.
 *
 * @param scheme   transport
 * @param host     name or IPv4 address
 * @param port     1 to 65535
 * @param path     with its leading slashes and its query, exactly as it goes over the wire
 */
public record PhoneUrl(Scheme scheme, String host, int port, String path) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:([a-z]+)://)?([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(/[^\\p{Cntrl}]*)?");
    private static final Pattern LONG_SECRET = Pattern.compile("(?<=/)([A-Za-z0-9]{4})[A-Za-z0-9]{16,}(?=/|$)");

    /** @throws IllegalArgumentException when port or path are not what they must be */
    public PhoneUrl {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not one of 1 to 65535");
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash");
        }
    }

    /**
     * Reads a URL that names its host; without a scheme it is a TFTP URL.
     *
     * @return empty when it is none, or the scheme is not known; a URL without a path gets {@code /}
     */
    public static Optional<PhoneUrl> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(4) == null ? "/" : matcher.group(4);
        String portText = matcher.group(3);
        int port = portText == null ? 0 : Integer.parseInt(portText);
        if (portText != null && (port < 1 || port > 65535)) {
            return Optional.empty();
        }
        String scheme = matcher.group(1) == null ? Scheme.TFTP.text() : matcher.group(1);
        return Scheme.spelled(scheme)
                .map(known -> new PhoneUrl(known, matcher.group(2), port == 0 ? known.defaultPort() : port, path));
    }

    /** The same server, another path. */
    public PhoneUrl withPath(String other) {
        return new PhoneUrl(scheme, host, port, other);
    }

    /** What stands behind the last slash, without the query. */
    public String fileName() {
        String file = path.substring(0, endOfFile());
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** The same directory, another file. */
    public PhoneUrl sibling(String file) {
        return withPath(path.substring(0, path.lastIndexOf('/', endOfFile() - 1) + 1) + file);
    }

    private int endOfFile() {
        int query = path.indexOf('?');
        return query < 0 ? path.length() : query;
    }

    /** Fit for logs: long path segments without punctuation, which may be unguessable directories, are cut short. */
    public String masked() {
        return origin() + maskedPath(path);
    }

    /** The same for any text in which a path may stand. */
    public static String maskedPath(String text) {
        return LONG_SECRET.matcher(text).replaceAll("$1...");
    }

    /** {@code host} or {@code host:port}, as in the Host header. */
    String authority() {
        return port == scheme.defaultPort() ? host : host + ":" + port;
    }

    private String origin() {
        return scheme.text() + "://" + authority();
    }

    /** Masked: see {@link #masked()}. */
    @Override
    public String toString() {
        return masked();
    }
}
