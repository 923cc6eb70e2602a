package dev.provhub.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a profile.
 *
 * @param name       as in the phones' XML; sections joined by {@code /}
 * @param text       may be empty, which clears it
 * @param userAccess null to leave it as it is
 * @param origin     where it comes from
 * @param secret     whether it is never shown
 * @param hid        what it was laid over, the nearest first; these hide nothing themselves
 */
public record ProfileValue(
        String name,
        String text,
        @Nullable UserAccess userAccess,
        Origin origin,
        boolean secret,
        List<ProfileValue> hid) {
    /** The same parameter with another text. */
    ProfileValue withText(String other) {
        return new ProfileValue(name, other, userAccess, origin, secret, hid);
    }

    private static final String MASK = "********";

    /** Copies the list. */
    public ProfileValue {
        hid = List.copyOf(hid);
    }

    /** The same with a secret text hidden, also of what it was laid over. */
    public ProfileValue masked() {
        boolean anySecret = secret || hid.stream().anyMatch(ProfileValue::secret);
        return anySecret
                ? new ProfileValue(
                        name,
                        secret ? MASK : text,
                        userAccess,
                        origin,
                        secret,
                        hid.stream().map(ProfileValue::masked).toList())
                : this;
    }

    /** Hides a secret text. */
    @Override
    public String toString() {
        return name + "=" + (secret ? MASK : text) + " (" + origin + ")";
    }
}
