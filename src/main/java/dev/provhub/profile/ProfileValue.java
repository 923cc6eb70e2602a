package dev.provhub.profile;

import org.jspecify.annotations.Nullable;

/**
 * One parameter of a profile.
 *
 * @param name       as in the phones' XML; sections joined by {@code /}
 * @param text       may be empty, which clears it
 * @param userAccess null to leave it as it is
 * @param origin     the layer it comes from, e.g. {@code plan/office}
 * @param secret     whether it is never shown
 */
public record ProfileValue(
        String name, String text, @Nullable UserAccess userAccess, String origin, boolean secret) {
    private static final String MASK = "********";

    /** The same with a secret text hidden. */
    public ProfileValue masked() {
        return secret ? new ProfileValue(name, MASK, userAccess, origin, true) : this;
    }

    /** Hides a secret text. */
    @Override
    public String toString() {
        return name + "=" + masked().text + " (" + origin + ")";
    }
}
