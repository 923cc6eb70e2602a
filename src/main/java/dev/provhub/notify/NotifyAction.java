package dev.provhub.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a phone can be told to do. */
public enum NotifyAction {
    /** Ask for its profile now. */
    RESYNC,
    /** Start anew. */
    REBOOT,
    /** Send its report. */
    REPORT;

    /** As it stands in the interface, in {@code models.yaml} and in the database: in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of this word. */
    public static Optional<NotifyAction> find(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
