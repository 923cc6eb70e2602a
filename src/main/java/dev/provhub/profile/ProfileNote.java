package dev.provhub.profile;

import java.util.List;

/**
 * A parameter that layers speak of and the profile does not hold.
 *
 * @param name    the parameter, as written in the layer
 * @param origin  who says so
 * @param because why it is not there, a sentence
 * @param hid     the values that were taken out, the nearest first
 */
public record ProfileNote(String name, Origin origin, String because, List<ProfileValue> hid) {
    /** Copies the list. */
    public ProfileNote {
        hid = List.copyOf(hid);
    }

    ProfileNote masked() {
        return new ProfileNote(
                name, origin, because, hid.stream().map(ProfileValue::masked).toList());
    }
}
