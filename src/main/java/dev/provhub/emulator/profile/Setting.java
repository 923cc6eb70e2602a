package dev.provhub.emulator.profile;

import org.jspecify.annotations.Nullable;

/**
 * One element of a profile.
 *
 * @param name   element name; an element of the router block is named by its path, e.g.
 *               {@code router-configuration/Time_Setup/Resync_Timer}
 * @param value  null for {@code <X ua="rw"/>}, which changes the access and keeps the value
 * @param access the {@code ua} attribute; empty when there is none
 */
public record Setting(String name, @Nullable String value, String access) {
    /** Leaves the value out, which may be a secret. */
    @Override
    public String toString() {
        return "Setting[" + name + "]";
    }
}
