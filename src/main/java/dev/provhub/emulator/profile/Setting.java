package dev.provhub.emulator.profile;

import org.jspecify.annotations.Nullable;

/**
 * One element of a profile.
 *
 * @param name  element name; an element of the router block is named by its path, e.g.
 *              {@code router-configuration/Time_Setup/Resync_Timer}
 * @param value null for {@code <X ua="rw"/>}, which changes the access and keeps the value
 */
public record Setting(String name, @Nullable String value) {
    /** Leaves the value out, which may be a secret. */
    @Override
    public String toString() {
        return "Setting[" + name + "]";
    }
}
