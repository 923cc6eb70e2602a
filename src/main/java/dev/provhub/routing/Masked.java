package dev.provhub.routing;

import java.util.regex.Pattern;

/** Texts for people in which no secret stands. */
final class Masked {
    private static final String SECRET = "[\\w.$-]*(?:pass|pwd|secret|token|credential|key|psk|ha1|pin\\b)[\\w.$-]*";
    private static final String VALUE = "(?:\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\s,;&}\\])<\"']+)";

    /** A member, a parameter or an element that is called as a secret is, or an object that says so of itself; and its value. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)(" + SECRET + "[\"']?\\s*(?:[:=>]|,\\s*[\"']?value[\"']?\\s*[:=])\\s*)" + VALUE);

    private Masked() {}

    /** Directories of devices are secrets, and so is what a URI calls a password. */
    static String text(String text) {
        return text.replaceAll("/(p|k|w|r)/[^/\\s\"']+", "/$1/***")
                .replaceAll("(?i)((?:password|passphrase|secret|token|key)=)[^&\\s]+", "$1***");
    }

    /** Of a message that failed, which what was thrown may quote. */
    static String failure(String text) {
        return NAMED.matcher(text(text)).replaceAll("$1***");
    }
}
