package dev.provhub.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter in which two profiles differ.
 *
 * @param name   of the parameter
 * @param before null where it is not set
 * @param after  null where it is not set
 */
public record ProfileDifference(
        String name,
        @Nullable ProfileValue before,
        @Nullable ProfileValue after) {

    /** All differences, in the order of the second profile; those that only the first sets come last. */
    public static List<ProfileDifference> between(List<ProfileValue> before, List<ProfileValue> after) {
        Map<String, ProfileValue> old = new LinkedHashMap<>();
        before.forEach(value -> old.put(value.name(), value));
        List<ProfileDifference> differences = new ArrayList<>();
        for (ProfileValue value : after) {
            ProfileValue was = old.remove(value.name());
            if (was == null || !sameOnThePhone(was, value)) {
                differences.add(new ProfileDifference(value.name(), was, value));
            }
        }
        old.forEach((name, value) -> differences.add(new ProfileDifference(name, value, null)));
        return differences;
    }

    private static boolean sameOnThePhone(ProfileValue one, ProfileValue other) {
        return one.text().equals(other.text()) && one.userAccess() == other.userAccess();
    }
}
