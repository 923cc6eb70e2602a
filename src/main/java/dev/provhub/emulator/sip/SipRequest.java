package dev.provhub.emulator.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP request, as far as a phone looks at one (RFC 3261, section 7).
 *
 * @param method  e.g. {@code NOTIFY}
 * @param uri     as sent
 * @param headers in their order, with long names in lower case
 * @param body    empty for none
 */
record SipRequest(String method, String uri, List<Header> headers, String body) {
    private static final Pattern START = Pattern.compile("([A-Z]+) (\\S+) SIP/2\\.0");
    private static final Pattern USER = Pattern.compile("sips?:([^@;>]+)@.*");
    private static final int MOST_HEADERS = 100;

    /** RFC 3261, section 7.3.3, and RFC 6665. */
    private static final Map<String, String> COMPACT = Map.of(
            "v",
            "via",
            "f",
            "from",
            "t",
            "to",
            "i",
            "call-id",
            "l",
            "content-length",
            "c",
            "content-type",
            "m",
            "contact",
            "o",
            "event");

    record Header(String name, String value) {}

    /** Reads a whole message; empty when it is none, or a response. */
    static Optional<SipRequest> parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        String[] lines = head.replaceAll("\r\n[ \t]+", " ").split("\r\n", -1);
        Matcher start = START.matcher(lines[0]);
        if (!start.matches() || lines.length > MOST_HEADERS) {
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.add(new Header(
                        COMPACT.getOrDefault(name, name),
                        lines[i].substring(colon + 1).strip()));
            }
        }
        return Optional.of(
                new SipRequest(start.group(1), start.group(2), headers, end < 0 ? "" : text.substring(end + 4)));
    }

    String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .toList();
    }

    /** Part of the URI before the at sign; empty for none. */
    String user() {
        Matcher user = USER.matcher(uri);
        return user.matches() ? user.group(1) : "";
    }

    /** The same for a request that was sent again. */
    String transaction() {
        return header("via") + " " + header("cseq") + " " + header("call-id");
    }

    /** Whether it has what every request must have (section 8.1.1). */
    boolean isComplete() {
        return List.of("via", "from", "to", "call-id", "cseq").stream()
                .noneMatch(name -> header(name).isEmpty());
    }

    /** The response to it (section 8.2.6). */
    byte[] response(int status, String reason, String tag, String... more) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " " + reason + "\r\n");
        all("via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        String to = header("to");
        text.append("From: ").append(header("from")).append("\r\nTo: ").append(to);
        if (!to.contains("tag=")) {
            text.append(";tag=").append(tag);
        }
        text.append("\r\nCall-ID: ").append(header("call-id"));
        text.append("\r\nCSeq: ").append(header("cseq")).append("\r\n");
        for (String line : more) {
            text.append(line).append("\r\n");
        }
        return text.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
