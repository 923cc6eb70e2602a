package dev.provhub.device;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets of parameter names, each kept once under a name made of its content: most devices of a model share a few. Thread-safe.
 */
public interface ParameterSets {
    /** The name of a set, which is kept from now on. */
    String nameOf(Set<String> parameters);

    /**
     * The set of a name; the empty set for null.
     *
     * @throws IllegalArgumentException when no set has that name
     */
    Set<String> named(@Nullable String name);
}
