package dev.provhub.routing;

/** Texts for people in which no secret stands. */
final class Masked {
    private Masked() {}

    /** Directories of devices are secrets, and so is what a URI calls a password. */
    static String text(String text) {
        return text.replaceAll("/(p|k|w|r)/[^/\\s\"']+", "/$1/***")
                .replaceAll("(?i)((?:password|passphrase|secret|token|key)=)[^&\\s]+", "$1***");
    }
}
