package dev.provhub.order.event;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where events may go: over https to public addresses, and to what an operator allows. Whoever may register a listener must not
 * reach what only the hub can reach. An address is looked at twice: as it stands in the URL when a listener registers, and as
 * its name resolves when a connection is opened.
 */
public final class CallbackRules {
    private static final int LONGEST = 2000;
    private static final String ALLOWED = "https://host[:port][/path] at a public address, of at most " + LONGEST
            + " characters, without a name, password, fragment or"
            + " encoded dots and slashes, or a URL below one in hub.events.allow";
    /** What a server that decodes once more, or takes parameters of segments away, understands as another folder. */
    private static final Pattern DISGUISED = Pattern.compile("(?i)%2e|%2f|%5c|%25|%00|/[.]{1,2};");

    private final List<URI> allowed;

    /** @param allowed base URLs that may be anywhere */
    public CallbackRules(List<URI> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** What is allowed instead of this callback; empty when it may be. */
    public Optional<String> objection(String callback) {
        try {
            URI uri = new URI(callback);
            boolean isPlain = callback.length() <= LONGEST
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.normalize().equals(uri)
                    && !DISGUISED.matcher(path(uri)).find();
            boolean may = isPlain && (isBelowAllowed(uri) || isPublic(uri));
            return may ? Optional.empty() : Optional.of(ALLOWED);
        } catch (URISyntaxException e) {
            return Optional.of(ALLOWED);
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
