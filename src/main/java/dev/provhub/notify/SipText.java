package dev.provhub.notify;

import java.nio.charset.StandardCharsets;

/** Text that comes from elsewhere, made fit for a place in a SIP message. Nothing that leaves here can end a line. */
final class SipText {
    /** RFC 3261, section 25.1: unreserved and user-unreserved. */
    private static final String USER_PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()&=+$,;?/";

    private SipText() {}

    /** The user part of a SIP URI: what may not stand there is escaped as {@code %xx} of its UTF-8. */
    static String user(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (USER_PLAIN.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append(String.format("%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    /** A quoted string with its quotes (RFC 3261, section 25.1). Control characters become blanks. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(Character.isISOControl(c) ? ' ' : c);
        }
        return quoted.append('"').toString();
    }

    /** For the device log: one line, of what is printed, no longer than it must be. */
    static String shown(String text) {
        String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
