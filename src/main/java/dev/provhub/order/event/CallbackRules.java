package dev.provhub.order.event;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where events may go: over https to public addresses, and to what an operator allows. Whoever may register a listener must not
 * reach what only the hub can reach. An address is looked at twice: as it stands in the URL when a listener registers, and as
 * its name resolves when a connection is opened.
 */
public final class CallbackRules {
    private static final int LONGEST = 2000;
    private static final String ALLOWED = "https://host[:port][/path] at a public address, of at most " + LONGEST
            + " characters, without a name, password, fragment or"
            + " encoded dots and slashes, percent-encoded as UTF-8, or a URL below one in hub.events.allow";
    /** Scheme and authority, path, and the rest. */
    private static final Pattern PARTS = Pattern.compile("(?s)([^:]*://[^/?#]*)([^?#]*)(.*)");

    private static final Pattern WORD = Pattern.compile("(?i)[a-z_-]{0,20}|v?[0-9.]{1,4}");
    private static final String HIDDEN = "…";

    /** What a server that decodes once more, or takes parameters of segments away, understands as another folder. */
    private static final Pattern DISGUISED = Pattern.compile("(?i)%2e|%2f|%5c|%25|%00|/[.]{1,2};");

    private final List<URI> allowed;

    /** @param allowed base URLs that may be anywhere */
    public CallbackRules(List<URI> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * A callback for people: a token may stand in its query and in its path, of which plain words and numbers of versions are shown
     * alone.
     */
    public static String shown(String callback) {
        Matcher parts = PARTS.matcher(callback);
        if (!parts.matches()) {
            return HIDDEN;
        }
        String path = Arrays.stream(parts.group(2).split("/", -1))
                .map(segment -> WORD.matcher(segment).matches() ? segment : HIDDEN)
                .collect(Collectors.joining("/"));
        return parts.group(1).replaceFirst("//[^/@]*@", "//")
                + path
                + (parts.group(3).isEmpty() ? "" : "?" + HIDDEN);
    }

    /** The same callback, whatever the case of scheme and host and the way in which its port is written. */
    public static String normal(String callback) {
        try {
            URI uri = new URI(callback);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return uri.getHost() == null
                    ? callback
                    : (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port(uri) + path(uri)
                            + query;
        } catch (URISyntaxException e) {
            return callback;
        }
    }

    /** What is allowed instead of this callback; empty when it may be. */
    public Optional<String> objection(String callback) {
        if (callback.length() > LONGEST) {
            return Optional.of("at most " + LONGEST + " characters");
        }
        try {
            URI uri = new URI(callback);
            boolean isPlain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.normalize().equals(uri)
                    && !DISGUISED.matcher(path(uri)).find()
                    && isText(path(uri))
                    && isText(uri.getRawQuery() == null ? "" : uri.getRawQuery());
            boolean may = isPlain && (isBelowAllowed(uri) || isPublic(uri));
            return may ? Optional.empty() : Optional.of(ALLOWED);
        } catch (URISyntaxException e) {
            return Optional.of(ALLOWED);
        }
    }

    /** Whether what is percent-encoded is UTF-8: of anything else nobody can say what a receiver reads. */
    private static boolean isText(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < encoded.length(); at++) {
            if (encoded.charAt(at) != '%') {
                bytes.write(encoded.charAt(at) < 0x80 ? encoded.charAt(at) : '?');
                continue;
            }
            String octet = encoded.substring(at + 1, Math.min(at + 3, encoded.length()));
            if (!octet.matches("[0-9A-Fa-f]{2}")) {
                return false;
            }
            bytes.write(Integer.parseInt(octet, 16));
            at += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean isPublic(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && !isAllowedHost(uri.getHost())
                && literal(uri.getHost()).map(CallbackRules::isPublic).orElse(!isLocalName(uri.getHost()));
    }

    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private boolean isBelowAllowed(URI uri) {
        return allowed.stream().anyMatch(base -> isSameOrigin(base, uri) && isBelow(path(base), path(uri)));
    }

    private static boolean isSameOrigin(URI base, URI uri) {
        return base.getScheme().equalsIgnoreCase(uri.getScheme())
                && base.getHost().equalsIgnoreCase(uri.getHost())
                && port(base) == port(uri);
    }

    private static boolean isBelow(String base, String path) {
        return path.equals(base) || path.startsWith(base.endsWith("/") ? base : base + "/");
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Whether an operator allows something at this host, so that it may be at any address. */
    public boolean isAllowedHost(String host) {
        return allowed.stream().anyMatch(base -> base.getHost().equalsIgnoreCase(host));
    }

    /** An address that stands in a URL as such; nothing is looked up. */
    private static Optional<InetAddress> literal(String host) {
        // "0x7f.1" and "2130706433" are addresses for some resolvers, though not for URLs
        boolean looksSo = host.startsWith("[") || host.matches("(?i)[0-9.]+|0x[0-9a-f.x]*");
        if (!looksSo) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    host.startsWith("[") || host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}")
                            ? InetAddress.getByName(host)
                            : InetAddress.getLoopbackAddress());
        } catch (UnknownHostException e) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
    }

    /** Whether an address is one of the Internet (IANA's special-purpose registries; of IPv6, 2000::/3 but for what is special in it). */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
        }
        if (!(address instanceof Inet6Address)) {
            return false;
        }
        int first = word(bytes, 0);
        int second = word(bytes, 2);
        boolean isGlobal = (first & 0xe000) == 0x2000;
        boolean isProtocol = first == 0x2001 && second < 0x0200;
        boolean isDocumentation = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
        boolean isSixToFour = first == 0x2002;
        return isGlobal && !isProtocol && !isDocumentation && !isSixToFour;
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static boolean isPublic(int a, int b, int c) {
        boolean isOwn = a == 0 || a == 10 || a == 127 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
        boolean isShared = (a == 100 && b >= 64 && b < 128) || (a == 169 && b == 254);
        boolean isProtocol = (a == 192 && b == 0 && (c == 0 || c == 2)) || (a == 192 && b == 88 && c == 99);
        boolean isTest =
                (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100))) || (a == 203 && b == 0 && c == 113);
        return !isOwn && !isShared && !isProtocol && !isTest && a < 224;
    }
}
