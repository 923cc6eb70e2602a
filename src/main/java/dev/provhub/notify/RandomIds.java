package dev.provhub.notify;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody guesses. */
final class RandomIds {
    /** What a branch begins with since RFC 3261 (section 8.1.1.7). */
    private static final String COOKIE = "z9hG4bK";

    private static final int BRANCH_BYTES = 16;
    private static final int SHORT_BYTES = 8;

    private final SecureRandom random;

    RandomIds(SecureRandom random) {
        this.random = random;
    }

    /** Names a transaction; who has not seen the request cannot answer it. */
    String branch() {
        return COOKIE + hex(BRANCH_BYTES);
    }

    NotifyMessage.Ids ids() {
        return new NotifyMessage.Ids(hex(BRANCH_BYTES), hex(SHORT_BYTES));
    }

    String cnonce() {
        return hex(SHORT_BYTES);
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
