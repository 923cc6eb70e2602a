package dev.provhub.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where tokens are kept. Thread-safe. Digests are SHA-256 as 64 lower-case hex digits. */
public interface TokenRepository {
    /** Keeps a new token. */
    void add(AccessToken token, String digest);

    /** All of them, the oldest first, revoked and expired ones too. */
    List<AccessToken> all();

    /** One of them. */
    Optional<AccessToken> find(String id);

    /** The one of this digest, the present one or the one before, whether it is still taken or not. */
    Optional<AccessToken> findByDigest(String digest);

    /** Every digest that may still be taken. */
    List<Known> known();

    /** Takes a token back; nothing happens when it was before. */
    void revoke(String id, Instant now);

    /**
     * Gives a token another secret.
     *
     * @param overlapEnd until when the secret before is taken as well
     */
    void rotate(String id, String digest, Instant now, Instant overlapEnd, @Nullable Instant expires);

    /** Notes that a token was used; may be lost in a crash. */
    void used(String id, Instant now);

    /**
     * A digest under which a token is found.
     *
     * @param until from when on the digest is not taken any more, whatever the token says; null for no such time
     */
    record Known(String digest, @Nullable Instant until, AccessToken token) {}
}
