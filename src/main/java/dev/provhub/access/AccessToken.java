package dev.provhub.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: everything but the token itself, of which there is only a digest.
 *
 * @param id       names it in lists and in the audit log; 10 characters
 * @param name     who uses it, 1 to 63 letters, digits, blanks and {@code . _ @ -}
 * @param roles    what it may do, at least one
 * @param created  when it was made
 * @param issued   when its present secret was made: at first, or by the last rotation
 * @param expires  from when on it is not taken any more; null for never
 * @param lastUsed to the minute; null for not yet
 * @param revoked  when it was taken back; null while it is not
 * @param person   whose it is, as {@code name}; null when the name says it
 */
public record AccessToken(
        String id,
        String name,
        Set<Role> roles,
        Instant created,
        Instant issued,
        @Nullable Instant expires,
        @Nullable Instant lastUsed,
        @Nullable Instant revoked,
        @Nullable String person) {
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}._@-]([\\p{L}\\p{N} ._@-]{0,61}[\\p{L}\\p{N}._@-])?");

    /** @throws IllegalArgumentException saying what is allowed */
    public AccessToken {
        roles = Set.copyOf(roles);
        checkName("name", name);
        if (person != null) {
            checkName("person", person);
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("roles is empty; allowed: read, order, operate, admin");
        }
    }

    private static void checkName(String field, String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    field + " is not 1 to 63 letters, digits, blanks and . _ @ - that begin and end without a blank");
        }
    }

    /** Whose it is. */
    public String owner() {
        return person == null ? name : person;
    }

    /** Whether it is taken at this time. */
    public boolean isValid(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }

    /** Until when a secret that is made now is taken: as long as the one before was. Null for always. */
    @Nullable
    Instant expiryFrom(Instant now) {
        return expires == null ? null : now.plus(Duration.between(issued, expires));
    }
}
