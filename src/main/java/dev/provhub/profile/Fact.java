package dev.provhub.profile;

import org.jspecify.annotations.Nullable;

/**
 * What a placeholder stands for.
 *
 * @param text   null when there is nothing to say
 * @param secret whether what is made of it is never shown
 */
record Fact(@Nullable String text, boolean secret) {
    static Fact open(@Nullable String text) {
        return new Fact(text, false);
    }

    static Fact secret(@Nullable String text) {
        return new Fact(text, true);
    }

    @Override
    public String toString() {
        return secret ? "Fact[masked]" : "Fact[" + text + "]";
    }
}
