package dev.provhub.profile;

import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from.
 *
 * @param layer its layer, e.g. {@code plan/office}, {@code device}
 * @param place file and line, e.g. {@code layers/plan/office.yaml:7}; null for a layer that is no file
 */
public record Origin(String layer, @Nullable String place) {
    /** What the hub writes to take away what a device may still hold. */
    public static final Origin TAKEN_AWAY = new Origin("taken-away", null);

    /** The place if there is one, else the layer. */
    @Override
    public String toString() {
        return place == null ? layer : place;
    }
}
