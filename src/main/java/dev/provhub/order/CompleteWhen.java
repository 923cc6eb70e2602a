package dev.provhub.order;

import java.util.Arrays;
import java.util.Optional;

/** When an item counts as completed. */
public enum CompleteWhen {
    /** The device has shown that it has applied it. */
    APPLIED,
    /** The device has been given it. */
    FETCHED,
    /** The hub has it, and will give it to the device. */
    ACCEPTED;

    /** The one of this word, in lower case; empty when there is none. */
    public static Optional<CompleteWhen> find(String word) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(java.util.Locale.ROOT).equals(word))
                .findFirst();
    }
}
