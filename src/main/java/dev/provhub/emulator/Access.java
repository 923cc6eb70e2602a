package dev.provhub.emulator;

import java.util.Locale;

/** What the user's account may do with a parameter: the {@code ua} attribute (section 1.1). */
enum Access {
    /** As the factory made it. */
    FACTORY,
    /** No access. */
    NA,
    /** Read only. */
    RO,
    /** Read and write. */
    RW;

    static Access of(String ua) {
        return switch (ua) {
            case "na" -> NA;
            case "ro" -> RO;
            case "rw" -> RW;
            default -> FACTORY;
        };
    }

    /** Value of the attribute; empty for {@link #FACTORY}. */
    String text() {
        return this == FACTORY ? "" : name().toLowerCase(Locale.ROOT);
    }
}
