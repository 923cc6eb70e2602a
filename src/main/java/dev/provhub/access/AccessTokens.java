package dev.provhub.access;

import dev.provhub.device.AuditLog;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import dev.provhub.device.UnitOfWork;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of the administration interface. All that may be taken are held in memory under their digest and read again when
 * they are older than {@link #FRESH}; what is older than {@link #OLDEST} is never asked, so that a token that another hub
 * has revoked is refused within that time. A change that is made here counts at once. Thread-safe.
 */
public final class AccessTokens {
    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration OLDEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final TokenRepository repository;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Supplier<String> secrets;
    private final Supplier<String> ids;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private volatile @Nullable Snapshot snapshot;
    private volatile Instant failed = Instant.MIN;

    /**
     * Needs where tokens are kept.
     *
     * @param secrets gives a new token of 256 random bits
     * @param ids     gives a new id
     */
    public AccessTokens(
            TokenRepository repository,
            UnitOfWork work,
            AuditLog audit,
            Supplier<String> secrets,
            Supplier<String> ids,
            Clock clock) {
        this.repository = repository;
        this.work = work;
        this.audit = audit;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    private record Snapshot(Map<String, TokenRepository.Known> byDigest, Instant read) {
        boolean isOlderThan(Duration age, Instant now) {
            return now.isBefore(read) || Duration.between(read, now).compareTo(age) > 0;
        }
    }

    /**
     * A token that was just made; the only time that it is seen.
     *
     * @param secret the token itself
     * @param token  what is kept of it
     */
    public record Issued(String secret, AccessToken token) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    /**
     * Who has sent this token; empty for one that is unknown, expired or revoked, of which nothing tells which. The digest is
     * looked up, so the time it takes says nothing of how much of a guess is right.
     *
     * @throws StoreException when tokens cannot be read and what was read before is too old
     */
    public Optional<Caller> find(String secret) {
        Instant now = clock.instant();
        TokenRepository.Known known = current(now).byDigest().get(digest(secret));
        if (known == null || !known.token().isValid(now) || (known.until() != null && !now.isBefore(known.until()))) {
            return Optional.empty();
        }
        note(known.token(), now);
        return Optional.of(new Caller(
                known.token().id(),
                known.token().name(),
                known.token().roles(),
                known.token().owner()));
    }

    private Snapshot current(Instant now) {
        Snapshot last = snapshot;
        boolean usable = last != null && !last.isOlderThan(OLDEST, now);
        if (last != null && usable && (!last.isOlderThan(FRESH, now) || hasJustFailed(now) || !reading.tryLock())) {
            return last;
        }
        if (!usable && hasJustFailed(now)) {
            throw new StoreUnavailableException("tokens cannot be read", null);
        }
        if (!usable) {
            reading.lock();
        }
        try {
            // Who waited for somebody else's attempt does not make another one
            if (!usable && hasJustFailed(clock.instant())) {
                throw new StoreUnavailableException("tokens cannot be read", null);
            }
            return read(now);
        } catch (StoreException e) {
            failed = clock.instant();
            if (last != null && usable) {
                return last;
            }
            throw e;
        } finally {
            reading.unlock();
        }
    }

    private boolean hasJustFailed(Instant now) {
        return now.isBefore(failed.plus(AFTER_FAILURE)) && !now.isBefore(failed);
    }

    /** While the lock is held. Somebody else may have read while this thread waited. */
    private Snapshot read(Instant now) {
        Snapshot last = snapshot;
        if (last != null && !last.isOlderThan(FRESH, now)) {
            return last;
        }
        Map<String, TokenRepository.Known> byDigest = new HashMap<>();
        repository.known().forEach(known -> byDigest.put(known.digest(), known));
        Snapshot fresh = new Snapshot(Map.copyOf(byDigest), now);
        snapshot = fresh;
        return fresh;
    }

    /** What is being read may be from before the change: it is waited for, and forgotten. */
    private void changed() {
        reading.lock();
        try {
            snapshot = null;
        } finally {
            reading.unlock();
        }
    }

    private void note(AccessToken token, Instant now) {
        Instant last = noted.get(token.id());
        if (last != null && now.isBefore(last.plus(BETWEEN_NOTES))) {
            return;
        }
        noted.put(token.id(), now);
        if (token.lastUsed() == null || !now.isBefore(token.lastUsed().plus(BETWEEN_NOTES))) {
            try {
                repository.used(token.id(), now);
            } catch (StoreException e) {
                LOG.debug("use of a token could not be noted token={}", token.id(), e);
            }
        }
    }

    /**
     * Makes a token.
     *
     * @param lifetime how long it is taken; null for always
     * @param by       who makes it, for the audit log
     * @throws IllegalArgumentException when name or roles are not as they must be
     */
    public Issued create(String name, Set<Role> roles, @Nullable Duration lifetime, String by) {
        return create(name, null, roles, lifetime, by);
    }

    /**
     * Makes a token.
     *
     * @param person   whose it is; null when the name says it
     * @param lifetime how long it is taken; null for always
     * @param by       who makes it, for the audit log
     * @throws IllegalArgumentException when name, person or roles are not as they must be
     */
    public Issued create(
            String name, @Nullable String person, Set<Role> roles, @Nullable Duration lifetime, String by) {
        return keep(secrets.get(), name, person, roles, lifetime, by);
    }

    /** Takes a token that is there already into the list. */
    Issued adopt(String secret, String name, Role role, String by) {
        return keep(secret, name, null, Set.of(role), null, by);
    }

    private Issued keep(
            String secret,
            String name,
            @Nullable String person,
            Set<Role> roles,
            @Nullable Duration lifetime,
            String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AccessToken token = new AccessToken(
                ids.get(), name, roles, now, now, lifetime == null ? null : now.plus(lifetime), null, null, person);
        work.run(() -> {
            repository.add(token, digest(secret));
            audit.add(
                    by,
                    "token made token=" + token.id() + " name=" + token.name() + " roles=" + words(roles)
                            + (person == null ? "" : " person=" + person));
            return token;
        });
        changed();
        return new Issued(secret, token);
    }

    /** All tokens, the oldest first, revoked and expired ones too. */
    public List<AccessToken> list() {
        return repository.all();
    }

    /** Takes a token back, at once here and within {@link #OLDEST} on other hubs. False when there is none of this id. */
    public boolean revoke(String id, String by) {
        boolean known = work.run(() -> {
            Optional<AccessToken> token = repository.find(id);
            token.filter(present -> present.revoked() == null).ifPresent(present -> {
                repository.revoke(id, clock.instant());
                audit.add(by, "token revoked token=" + id + " name=" + present.name());
            });
            return token.isPresent();
        });
        changed();
        return known;
    }

    /**
     * Gives a token another secret and, when it expires, as long a life as it had.
     *
     * @param overlap how long the secret before is taken as well
     * @return empty when there is no such token, or it is not valid any more
     */
    public Optional<Issued> rotate(String id, Duration overlap, String by) {
        String secret = secrets.get();
        Optional<AccessToken> rotated = work.run(() -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Optional<AccessToken> token = repository.find(id).filter(present -> present.isValid(now));
            token.ifPresent(present -> {
                repository.rotate(id, digest(secret), now, now.plus(overlap), present.expiryFrom(now));
                audit.add(by, "token rotated token=" + id + " name=" + present.name());
            });
            return token.flatMap(present -> repository.find(id));
        });
        changed();
        return rotated.map(token -> new Issued(secret, token));
    }

    /** What is kept of a token, whether it is still taken or not. */
    Optional<AccessToken> kept(String secret) {
        return repository.findByDigest(digest(secret));
    }

    /** The roles as a list of words. */
    public static String words(Set<Role> roles) {
        return String.join(",", roles.stream().sorted().map(Role::word).toList());
    }

    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
