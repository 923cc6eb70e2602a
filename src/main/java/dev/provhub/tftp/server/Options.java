package dev.provhub.tftp.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was agreed for one transfer (RFC 2347).
 *
 * @param blockSizeBytes payload of a full block; 512 when nothing was asked (RFC 1350)
 * @param timeoutSeconds 1 to 255 as the client chose; 0 when it did not
 * @param accepted       what goes into the option acknowledgement, in the client's order; empty when none is sent
 */
record Options(int blockSizeBytes, int timeoutSeconds, Map<String, String> accepted) {
    private static final int DEFAULT_BLOCK_SIZE_BYTES = 512;

    /** Takes of a client's wishes what can be granted; the others are left out, as RFC 2347 says. */
    static Options negotiate(Map<String, String> asked, long sizeBytes, int maxBlockSizeBytes) {
        Map<String, String> accepted = new LinkedHashMap<>();
        int blockSize = DEFAULT_BLOCK_SIZE_BYTES;
        int timeout = 0;
        for (Map.Entry<String, String> option : asked.entrySet()) {
            int number = number(option.getValue());
            switch (option.getKey()) {
                case "blksize" -> {
                    // RFC 2348: the server may answer with less than was asked, never with more.
                    if (number >= TftpServerSettings.MIN_BLOCK_SIZE_BYTES
                            && number <= TftpServerSettings.MAX_BLOCK_SIZE_BYTES) {
                        blockSize = Math.min(number, maxBlockSizeBytes);
                        accepted.put("blksize", Integer.toString(blockSize));
                    }
                }
                case "timeout" -> {
                    // RFC 2349: the server must answer with the client's own value.
                    if (number >= 1 && number <= 255) {
                        timeout = number;
                        accepted.put("timeout", option.getValue());
                    }
                }
                case "tsize" -> accepted.put("tsize", Long.toString(sizeBytes));
                default -> {
                    // An option of the future: left out of the acknowledgement.
                }
            }
        }
        return new Options(blockSize, timeout, accepted);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }
}
