package dev.provhub.profile;

/** Where the facts for placeholders come from. */
@FunctionalInterface
interface Facts {
    /** @param name one that {@link Placeholders} know */
    Fact of(String name);
}
