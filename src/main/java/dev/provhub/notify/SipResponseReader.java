package dev.provhub.notify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SIP responses (RFC 3261, section 7). Strict and bounded: what is no whole response is none. Everybody can send to the
 * hub's port, so nothing here throws, whatever comes.
 */
final class SipResponseReader {
    /** Longest message, in bytes; a response to a NOTIFY has a few hundred. */
    static final int LONGEST_BYTES = 16 << 10;

    private static final int MOST_HEADERS = 100;
    private static final int MOST_CHALLENGES = 8;
    private static final Pattern START = Pattern.compile("SIP/2\\.0 ([1-6][0-9]{2})(?: (.{0,200}))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");
    private static final Pattern BRANCH =
            Pattern.compile("(?i);\\s*branch\\s*=\\s*([A-Za-z0-9.!%*_+`'~-]{1,128})\\s*(?:;|$)");
    private static final Pattern SEQUENCE = Pattern.compile("([0-9]{1,10})\\s+([A-Z]{1,32})");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6}).*");
    private static final Map<String, String> SHORT = Map.of("v", "via", "i", "call-id", "f", "from", "t", "to");

    private SipResponseReader() {}

    private record Header(String name, String value) {}

    /** The response; empty for what is none. */
    static Optional<SipResponse> read(byte[] message) {
        if (message.length > LONGEST_BYTES) {
            return Optional.empty();
        }
        String text = new String(message, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n", MOST_HEADERS + 2);
        Matcher start = START.matcher(lines[0]);
        if (lines.length > MOST_HEADERS || !start.matches()) {
            return Optional.empty();
        }
        return headers(lines).flatMap(headers -> response(start, headers));
    }

    /** A line that begins with a blank goes on with the one before (section 7.3.1). */
    private static Optional<List<Header>> headers(String[] lines) {
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (headers.isEmpty()) {
                    return Optional.empty();
                }
                Header before = headers.remove(headers.size() - 1);
                headers.add(new Header(before.name(), before.value() + " " + line.strip()));
                continue;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
            if (!NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            String lower = name.toLowerCase(Locale.ROOT);
            headers.add(new Header(
                    SHORT.getOrDefault(lower, lower), line.substring(colon + 1).strip()));
        }
        return Optional.of(headers);
    }

    private static Optional<SipResponse> response(Matcher start, List<Header> headers) {
        Matcher sequence = SEQUENCE.matcher(first(headers, "cseq"));
        Optional<String> branch = branch(first(headers, "via"));
        String callId = first(headers, "call-id");
        if (!sequence.matches()
                || branch.isEmpty()
                || callId.isEmpty()
                || first(headers, "from").isEmpty()
                || first(headers, "to").isEmpty()) {
            return Optional.empty();
        }
        Matcher seconds = SECONDS.matcher(first(headers, "retry-after"));
        return Optional.of(new SipResponse(
                Integer.parseInt(start.group(1)),
                start.group(2) == null ? "" : start.group(2),
                branch.get(),
                callId,
                Long.parseLong(sequence.group(1)),
                sequence.group(2),
                challenges(headers),
                seconds.matches() ? Integer.parseInt(seconds.group(1)) : 0));
    }

    private static List<SipResponse.Asked> challenges(List<Header> headers) {
        return headers.stream()
                .filter(header -> header.name().equals("www-authenticate")
                        || header.name().equals("proxy-authenticate"))
                .limit(MOST_CHALLENGES)
                .map(header -> new SipResponse.Asked(header.name().startsWith("proxy"), header.value()))
                .toList();
    }

    private static Optional<String> branch(String via) {
        Matcher branch = BRANCH.matcher(via.substring(0, endOfFirst(via)));
        return branch.find() ? Optional.of(branch.group(1)) : Optional.empty();
    }

    /** Several Vias may share a line; a comma in quotes does not part them. */
    private static int endOfFirst(String via) {
        boolean quoted = false;
        for (int i = 0; i < via.length(); i++) {
            char c = via.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return via.length();
    }

    private static String first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }
}
