package dev.provhub.emulator;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes.
 *
 * @param path with its leading slash and its query string
 */
record PhoneUrl(String scheme, String host, int port, String path) {

    private static final Pattern URL = Pattern.compile(
            "(?:(?i)(tftp|http|https)://)?(\\[[0-9A-Fa-f:.]+]|[^/:\\s\\[\\]]+)?(?::(\\d{1,5}))?(/\\S*)?");

    /**
     * Reads a URL; the scheme is tftp and the port that of the scheme where the text does not say.
     *
     * @throws FetchException if it is no URL or its scheme is none of tftp, http and https
     */
    static PhoneUrl parse(String text) throws FetchException {
        Matcher matcher = URL.matcher(text.strip());
        if (!matcher.matches() || matcher.group(2) == null) {
            throw new FetchException("bad URL");
        }
        String scheme = matcher.group(1) == null ? "tftp" : matcher.group(1).toLowerCase(Locale.ROOT);
        int port = matcher.group(3) == null ? defaultPort(scheme) : Integer.parseInt(matcher.group(3));
        if (port > 65_535) {
            throw new FetchException("bad URL");
        }
        return new PhoneUrl(scheme, matcher.group(2), port, matcher.group(4) == null ? "" : matcher.group(4));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "tftp" -> 69;
            case "http" -> 80;
            default -> 443;
        };
    }

    /** The same server, another path. */
    PhoneUrl withPath(String newPath) {
        return new PhoneUrl(scheme, host, port, newPath);
    }

    /** A redirect's target, which may be a path alone. */
    PhoneUrl resolve(String location) throws FetchException {
        if (location.startsWith("/")) {
            return withPath(location);
        }
        PhoneUrl target = parse(location);
        return target.path().isEmpty() ? target.withPath("/") : target;
    }

    /** A file in the same folder. */
    PhoneUrl sibling(String name) {
        String folder = path.replaceFirst("\\?.*$", "");
        return withPath(folder.substring(0, folder.lastIndexOf('/') + 1) + name);
    }

    /** The last part of the path, without a query. */
    String fileName() {
        String plain = path.replaceFirst("\\?.*$", "");
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    String hostHeader() {
        return port == defaultPort(scheme) ? host : host + ":" + port;
    }

    /** Host without the brackets of an IPv6 literal. */
    String address() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return scheme + "://" + hostHeader() + path;
    }
}
