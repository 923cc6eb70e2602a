package dev.provhub.profile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a device should have, or the part of them that it may have now.
 *
 * @param kind     what it is for
 * @param revision what the device brings back once it has applied it, e.g. {@code 4.9f3a0c12d1}; null but for {@link Kind#FULL}
 * @param values   each parameter once, in the order they are written
 * @param notes    what layers say that is not in it
 */
public record Profile(Kind kind, @Nullable String revision, List<ProfileValue> values, List<ProfileNote> notes) {
    /** Copies the lists. */
    public Profile {
        values = List.copyOf(values);
        notes = List.copyOf(notes);
    }

    /** What a profile is for. */
    public enum Kind {
        /** Tells a device where to prove itself; holds no secret. */
        BOOTSTRAP,
        /** The same for a proven device that nobody has claimed: it asks seldom. */
        UNCLAIMED,
        /** Hands over key and directory; only for a device that has proved itself, inside TLS. */
        KEY,
        /** Everything; only sealed. */
        FULL,
        /** The values for a template of another vendor's phone. */
        TEMPLATE,
        /** Takes everything back that the device was given, and sends it home; only sealed. */
        WIPE
    }

    /** The value of a parameter. */
    public Optional<ProfileValue> find(String name) {
        return values.stream().filter(value -> value.name().equals(name)).findFirst();
    }

    /**
     * The same with another text of a parameter that it has.
     *
     * @throws IllegalArgumentException when it has none of this name
     */
    public Profile withText(String name, String text) {
        if (find(name).isEmpty()) {
            throw new IllegalArgumentException("the profile has no parameter " + name);
        }
        return new Profile(
                kind,
                revision,
                values.stream()
                        .map(value -> value.name().equals(name) ? value.withText(text) : value)
                        .toList(),
                notes);
    }

    /** The same with every secret hidden, to be shown. */
    public Profile masked() {
        return new Profile(
                kind,
                revision,
                values.stream().map(ProfileValue::masked).toList(),
                notes.stream().map(ProfileNote::masked).toList());
    }
}
