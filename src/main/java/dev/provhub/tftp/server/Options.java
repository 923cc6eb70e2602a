package dev.provhub.tftp.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed for one transfer (RFC 2347).
 *
 * @param blockSizeBytes payload of a full block; 512 when nothing was asked (RFC 1350)
 * @param timeoutSeconds 1 to 255 as the client chose; 0 when it did not
 * @param windowSize     blocks that are sent before an ACK is waited for; 1 when nothing was asked (RFC 7440)
 * @param acknowledgement what follows the code of the option acknowledgement, in the client's order; empty when none is sent
 */
record Options(int blockSizeBytes, int timeoutSeconds, int windowSize, String acknowledgement) {
    private static final int DEFAULT_BLOCK_SIZE_BYTES = 512;
    private static final Options NONE = new Options(DEFAULT_BLOCK_SIZE_BYTES, 0, 1, "");

    private static final int LARGEST_OPTION = 65535;
    private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Of a client that has chosen a long timeout: it gets its packet twice more. */
    private static final int LONGEST_SILENCE_TIMEOUTS = 3;

    private static final int MOST_DIGITS = 18;

    /** Takes of a reader's wishes what can be granted; the others are left out, as RFC 2347 says. */
    static Options forRead(Map<String, String> asked, long sizeBytes, TftpServerSettings settings) {
        return negotiate(asked, settings, Long.toString(sizeBytes));
    }

    /** The same for a writer, whose own word for the size of its file is repeated (RFC 2349). */
    static Options forWrite(Map<String, String> asked, TftpServerSettings settings) {
        return negotiate(asked, settings, null);
    }

    /** The size of its file that a writer names, in bytes; -1 when it does not. */
    static long announcedBytes(Map<String, String> asked) {
        String size = asked.get("tsize");
        return size == null ? -1 : number(size);
    }

    /** Whether an option acknowledgement is sent. */
    boolean isAcknowledged() {
        return !acknowledgement.isEmpty();
    }

    /** After that long without a word the other side is given up, in nanoseconds. */
    long longestSilenceNanos() {
        return Math.max(LONGEST_SILENCE_NANOS, LONGEST_SILENCE_TIMEOUTS * TimeUnit.SECONDS.toNanos(timeoutSeconds));
    }

    private static Options negotiate(Map<String, String> asked, TftpServerSettings settings, @Nullable String size) {
        if (asked.isEmpty()) {
            return NONE;
        }
        Map<String, String> accepted = new LinkedHashMap<>();
        int blockSize = DEFAULT_BLOCK_SIZE_BYTES;
        int timeout = 0;
        int window = 1;
        for (Map.Entry<String, String> option : asked.entrySet()) {
            long number = number(option.getValue());
            switch (option.getKey()) {
                case "blksize" -> {
                    // RFC 2348: the server may answer with less than was asked, never with more.
                    if (number >= TftpServerSettings.MIN_BLOCK_SIZE_BYTES
                            && number <= TftpServerSettings.MAX_BLOCK_SIZE_BYTES) {
                        blockSize = (int) Math.min(number, settings.maxBlockSizeBytes());
                        accepted.put("blksize", Integer.toString(blockSize));
                    }
                }
                case "timeout" -> {
                    // RFC 2349: the server must answer with the client's own value.
                    if (number >= 1 && number <= 255) {
                        timeout = (int) number;
                        accepted.put("timeout", option.getValue());
                    }
                }
                case "tsize" -> {
                    if (size != null || number >= 0) {
                        accepted.put("tsize", size != null ? size : option.getValue());
                    }
                }
                case "windowsize" -> {
                    // RFC 7440, section 3: the server may answer with less than was asked.
                    if (number >= 1 && number <= LARGEST_OPTION) {
                        window = (int) Math.min(number, settings.maxWindowSize());
                        accepted.put("windowsize", Integer.toString(window));
                    }
                }
                default -> {
                    // An option of the future: left out of the acknowledgement.
                }
            }
        }
        StringBuilder acknowledgement = new StringBuilder();
        accepted.forEach((name, value) ->
                acknowledgement.append(name).append('\0').append(value).append('\0'));
        return new Options(blockSize, timeout, window, acknowledgement.toString());
    }

    /** -1 for what is no number. */
    private static long number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + (digit - '0');
        }
        return number;
    }
}
