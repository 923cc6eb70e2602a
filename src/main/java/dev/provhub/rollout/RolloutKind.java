package dev.provhub.rollout;

import java.util.Locale;

/** What is given to devices. */
public enum RolloutKind {
    /** A firmware version. */
    FIRMWARE,
    /** The layers of an edit that changes too many devices to come into force at once. */
    LAYERS;

    /** As it is written in tables, answers and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for another word */
    public static RolloutKind of(String word) {
        for (RolloutKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind '" + word + "' is not allowed; allowed: firmware, layers");
    }
}
