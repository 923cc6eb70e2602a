package dev.provhub.emulator.profile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The characters of a profile. They should be UTF-8; some servers send older phones ISO-8859-1, with or without saying so, and a
 * phone refuses no file for that. Any other encoding that the XML declaration names is ignored, as the declaration is (section
 * 1.1).
 */
final class DocumentText {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int LONGEST_DECLARATION = 200;
    private static final Pattern SAYS_LATIN =
            Pattern.compile("(?is)\\s*<\\?xml\\b[^>]*\\bencoding\\s*=\\s*[\"'](?:iso-8859-1|latin1)[\"'].*");

    private DocumentText() {}

    /** Without a byte order mark and the blanks at its start, which no XML declaration may follow. */
    static String of(byte[] document) {
        boolean marked = Arrays.equals(
                document,
                0,
                Math.min(document.length, BYTE_ORDER_MARK.length),
                BYTE_ORDER_MARK,
                0,
                BYTE_ORDER_MARK.length);
        int start = marked ? BYTE_ORDER_MARK.length : 0;
        String latin = new String(document, start, document.length - start, StandardCharsets.ISO_8859_1);
        if (!marked
                && SAYS_LATIN
                        .matcher(latin.substring(0, Math.min(latin.length(), LONGEST_DECLARATION)))
                        .matches()) {
            return latin.stripLeading();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document, start, document.length - start))
                    .toString()
                    .stripLeading();
        } catch (CharacterCodingException e) {
            return latin.stripLeading();
        }
    }
}
