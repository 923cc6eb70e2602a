package dev.provhub.emulator.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Digest challenge (RFC 7616 for HTTP, RFC 3261 section 22.4 for SIP), with MD5: nothing newer is documented for any phone.
 *
 * @param realm  as sent
 * @param nonce  as sent
 * @param opaque empty for none
 * @param qop    whether {@code qop=auth} is offered
 */
public record DigestChallenge(String realm, String nonce, String opaque, boolean qop) {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");

    /** Reads the header's value; empty when it is no Digest of MD5 with a nonce. */
    public static Optional<DigestChallenge> parse(String header) {
        Map<String, String> fields = fields(header);
        if (!fields.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5") || !fields.containsKey("nonce")) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                fields.getOrDefault("realm", ""),
                fields.getOrDefault("nonce", ""),
                fields.getOrDefault("opaque", ""),
                fields.getOrDefault("qop", "").matches("(?i).*\\bauth\\b(?!-).*")));
    }

    /** The fields of a challenge or of an answer, by name in lower case. */
    public static Map<String, String> fields(String header) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(header.substring(header.indexOf(' ') + 1));
        while (matcher.find()) {
            String quoted = matcher.group(2);
            fields.put(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return fields;
    }

    String answer(String user, String password, String method, String uri) {
        String cnonce = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        StringBuilder header = new StringBuilder("Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\""
                + nonce + "\", uri=\"" + uri + "\", algorithm=MD5");
        String count = qop ? "00000001" : "";
        header.append(", response=\"")
                .append(response(user, password, method, uri, count, qop ? cnonce : ""))
                .append('"');
        if (qop) {
            header.append(", qop=auth, nc=")
                    .append(count)
                    .append(", cnonce=\"")
                    .append(cnonce)
                    .append('"');
        }
        if (!opaque.isEmpty()) {
            header.append(", opaque=\"").append(opaque).append('"');
        }
        return header.toString();
    }

    /**
     * Checks somebody's answer to this challenge.
     *
     * @param header   value of {@code Authorization}
     * @param user     who it must be
     * @param password what must be known
     * @param method   of the request
     */
    public boolean accepts(String header, String user, String password, String method) {
        Map<String, String> fields = fields(header);
        String expected = response(
                user,
                password,
                method,
                fields.getOrDefault("uri", ""),
                fields.getOrDefault("nc", ""),
                fields.getOrDefault("cnonce", ""));
        return header.regionMatches(true, 0, "Digest ", 0, 7)
                && nonce.equals(fields.get("nonce"))
                && user.equals(fields.get("username"))
                && expected.equals(fields.get("response"));
    }

    private String response(String user, String password, String method, String uri, String count, String cnonce) {
        String secret = md5(user + ":" + realm + ":" + password);
        String asked = md5(method + ":" + uri);
        return count.isEmpty()
                ? md5(secret + ":" + nonce + ":" + asked)
                : md5(secret + ":" + nonce + ":" + count + ":" + cnonce + ":auth:" + asked);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
