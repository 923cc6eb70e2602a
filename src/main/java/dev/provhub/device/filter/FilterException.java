package dev.provhub.device.filter;

import org.jspecify.annotations.Nullable;

/** A filter that cannot be read. The message names the place, what stands there, what is allowed, and what may have been meant. */
public final class FilterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String token;

    FilterException(int position, String token, String wrong, String allowed, @Nullable String meant) {
        super("filter, position " + position + ": " + wrong + "; allowed: " + allowed
                + (meant == null ? "" : "; did you mean " + meant + "?"));
        this.position = position;
        this.token = token;
    }

    /** Where the trouble begins, in characters from 1; one behind the end when something is missing. */
    public int position() {
        return position;
    }

    /** What stands there; empty at the end. */
    public String token() {
        return token;
    }
}
