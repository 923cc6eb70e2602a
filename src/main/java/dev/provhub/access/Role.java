package dev.provhub.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a token may do. Every role may read; {@code admin} may do everything:
 *
 * <pre>
 *          +-- order ----+
 *   read --+             +-- admin
 *          +-- operate --+
 * </pre>
 */
public enum Role {
    /** Looks at devices, orders and layers, never at a secret. */
    READ,
    /** Reads, and brings orders. */
    ORDER,
    /** Reads, and changes devices and layers. */
    OPERATE,
    /** Everything, among it secrets, tokens and keys. */
    ADMIN;

    /** Whether who has this role may do what another one is needed for. */
    public boolean includes(Role needed) {
        return this == needed || needed == READ || this == ADMIN;
    }

    /** As people and programs write it: {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word, in any case. */
    public static Optional<Role> find(String word) {
        return Arrays.stream(values())
                .filter(role -> role.name().equalsIgnoreCase(word))
                .findFirst();
    }
}
