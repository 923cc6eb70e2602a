package dev.provhub.ops.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file of the console, whole.
 *
 * @param text        what is in it; all of them are text
 * @param contentType with its character set
 * @param tag         an ETag, with its quotes, that is another one as soon as the content is
 */
record ConsoleFile(String text, String contentType, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8",
            "txt", "text/plain; charset=utf-8");
    private static final int TAG_BYTES = 12;

    /**
     * Makes one of what was read.
     *
     * @param name with an ending that says what it is: {@code html}, {@code css}, {@code js}, {@code svg} or {@code txt}
     * @throws IllegalStateException when the ending is another one
     */
    static ConsoleFile of(String name, byte[] content) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the console has a file of no known type: " + name);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            String tag = '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
            return new ConsoleFile(new String(content, StandardCharsets.UTF_8), type, tag);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
