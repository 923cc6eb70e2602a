package dev.provhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.SettableClock;
import dev.provhub.device.StoreException;
import dev.provhub.secrets.RandomSecrets;
import dev.provhub.store.Database;
import dev.provhub.store.DatabaseText;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcTokenRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class AccessTokensIT {
    private static final Set<Role> READ = Set.of(Role.READ);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final RandomSecrets random = new RandomSecrets(new SecureRandom());
    private Database database;
    private CountingTokens counting;
    private AccessTokens tokens;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        counting = new CountingTokens(new JdbcTokenRepository(database));
        tokens = tokens(counting);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AccessTokens tokens(TokenRepository repository) {
        return new AccessTokens(
                repository,
                database.unitOfWork(),
                new JdbcAuditLog(database, clock),
                random::newToken,
                random::newTokenId,
                clock);
    }

    @Test
    void find_tokensOfOnePerson_sayWhoseTheyAre() {
        AccessTokens.Issued laptop = tokens.create("anna-laptop", "anna", READ, null, "ops");
        AccessTokens.Issued own = tokens.create("anna", READ, null, "ops");

        assertThat(tokens.find(laptop.secret()).orElseThrow().person()).isEqualTo("anna");
        assertThat(tokens.find(laptop.secret()).orElseThrow().inAudit()).startsWith("anna-laptop (");
        assertThat(tokens.find(own.secret()).orElseThrow().person()).isEqualTo("anna");
    }

    @Test
    void find_token_matchesItselfAlone_andIsNowhereInTheDatabase() {
        AccessTokens.Issued issued = tokens.create("CRM of Köln", Set.of(Role.ORDER, Role.OPERATE), null, "ops");

        assertThat(issued.secret()).matches("[0-9a-f]{64}");
        assertThat(tokens.find(issued.secret()))
                .contains(new Caller(issued.token().id(), "CRM of Köln", Set.of(Role.ORDER, Role.OPERATE)));
        assertThat(tokens.find(issued.secret() + "0")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
        assertThat(DatabaseText.of(database)).contains("CRM of Köln").doesNotContain(issued.secret());
        assertThat(issued.toString()).doesNotContain(issued.secret());
    }

    @Test
    void find_afterItsTime_isEmpty() {
        AccessTokens.Issued issued = tokens.create("crm", READ, Duration.ofDays(1), "ops");

        clock.forward(Duration.ofDays(1).minusSeconds(1));
        assertThat(tokens.find(issued.secret())).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(tokens.find(issued.secret())).isEmpty();
    }

    @Test
    void revoke_countsAtOnceHere_andWithinFiveSecondsElsewhere() {
        AccessTokens.Issued issued = tokens.create("crm", READ, null, "ops");
        AccessTokens elsewhere = tokens(new JdbcTokenRepository(database));
        assertThat(elsewhere.find(issued.secret())).isPresent();

        assertThat(tokens.revoke(issued.token().id(), "ops")).isTrue();

        assertThat(tokens.find(issued.secret())).isEmpty();
        clock.forward(Duration.ofSeconds(5));
        assertThat(elsewhere.find(issued.secret())).isEmpty();
        assertThat(tokens.revoke("nobody", "ops")).isFalse();
    }

    @Test
    void find_manyTimes_asksTheDatabaseOnceInTwoSeconds_alsoForGuesses() {
        AccessTokens.Issued issued = tokens.create("crm", READ, null, "ops");
        for (int i = 0; i < 1000; i++) {
            tokens.find(issued.secret());
            tokens.find("guess" + i);
        }
        assertThat(counting.reads).hasValue(1);
        assertThat(counting.notes).hasValue(1);
    }

    @Test
    void find_used_isNotedAtMostOnceAMinute() {
        AccessTokens.Issued issued = tokens.create("crm", READ, null, "ops");
        tokens.find(issued.secret());
        Instant first = clock.instant();
        clock.forward(Duration.ofSeconds(59));
        tokens.find(issued.secret());
        assertThat(tokens.list().get(0).lastUsed()).isEqualTo(first);

        clock.forward(Duration.ofSeconds(1));
        tokens.find(issued.secret());
        assertThat(tokens.list().get(0).lastUsed()).isEqualTo(first.plusSeconds(60));
    }

    @Test
    void rotate_oldOneIsTakenDuringTheOverlap_andLifeIsAsLongAsBefore() {
        AccessTokens.Issued first = tokens.create("crm", READ, Duration.ofDays(10), "ops");
        clock.forward(Duration.ofDays(9));
        AccessTokens.Issued second =
                tokens.rotate(first.token().id(), Duration.ofMinutes(1), "ops").orElseThrow();

        assertThat(second.token().id()).isEqualTo(first.token().id());
        assertThat(second.token().expires()).isEqualTo(clock.instant().plus(Duration.ofDays(10)));
        assertThat(tokens.find(first.secret())).isPresent();
        assertThat(tokens.find(second.secret())).isPresent();
        clock.forward(Duration.ofMinutes(1));
        assertThat(tokens.find(first.secret())).isEmpty();
        assertThat(tokens.find(second.secret())).isPresent();

        tokens.revoke(first.token().id(), "ops");
        assertThat(tokens.rotate(first.token().id(), Duration.ZERO, "ops")).isEmpty();
    }

    @Test
    void changes_areInTheAuditLog_withoutAnyToken() {
        AccessTokens.Issued issued = tokens.create("crm", READ, null, "boss (x)");
        String id = issued.token().id();
        tokens.rotate(id, Duration.ZERO, "boss (x)");
        tokens.revoke(id, "boss (x)");
        tokens.revoke(id, "boss (x)");

        assertThat(new JdbcAuditLog(database, clock).latest(10))
                .extracting(entry -> entry.who() + ": " + entry.what())
                .containsExactly(
                        "boss (x): token revoked token=" + id + " name=crm",
                        "boss (x): token rotated token=" + id + " name=crm",
                        "boss (x): token made token=" + id + " name=crm roles=read");
    }

    @Test
    void find_databaseAway_isTakenForFiveSecondsAndThenRefused() {
        AccessTokens.Issued issued = tokens.create("crm", READ, null, "ops");
        tokens.find(issued.secret());
        database.close();

        clock.forward(Duration.ofSeconds(4));
        assertThat(tokens.find(issued.secret())).isPresent();
        clock.forward(Duration.ofSeconds(2));
        assertThatThrownBy(() -> tokens.find(issued.secret())).isInstanceOf(StoreException.class);
    }

    @Test
    void create_badNameOrNoRole_isRefusedWithWhatIsAllowed() {
        for (String name : List.of("", " crm", "crm ", "a(b)", "a\nb", "x".repeat(64))) {
            assertThatThrownBy(() -> tokens.create(name, READ, null, "ops"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 63");
        }
        assertThatThrownBy(() -> tokens.create("crm", Set.of(), null, "ops")).hasMessageContaining("operate");
        assertThat(tokens.list()).isEmpty();
    }

    @Test
    void localToken_firstStart_isAFileOfItsOwnerAndARow_andStaysOverRestarts() throws Exception {
        Path file = folder.resolve("admin.token");
        local(file).ensure();
        String secret = Files.readString(file).strip();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.find(secret))
                .hasValueSatisfying(caller -> assertThat(caller.may(Role.ADMIN)).isTrue());
        local(file).ensure();
        assertThat(Files.readString(file).strip()).isEqualTo(secret);
        assertThat(tokens.list()).hasSize(1);
    }

    @Test
    void localToken_fileAndRowGone_locksNobodyOut() throws Exception {
        Path file = folder.resolve("admin.token");
        Files.writeString(file, "f".repeat(64) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        local(file).ensure();
        assertThat(tokens.find("f".repeat(64))).as("row made for the file").isPresent();

        Files.delete(file);
        local(file).ensure();
        assertThat(tokens.find(Files.readString(file).strip()))
                .as("file made anew")
                .isPresent();
    }

    @Test
    void localToken_revokedOrRotated_fileHasAnother() throws Exception {
        Path file = folder.resolve("admin.token");
        LocalToken local = local(file);
        local.ensure();
        String first = Files.readString(file).strip();
        String id = tokens.find(first).orElseThrow().id();

        local.rotated(tokens.rotate(id, Duration.ofMinutes(1), "ops").orElseThrow());
        String second = Files.readString(file).strip();
        assertThat(tokens.find(second)).map(Caller::id).contains(id);

        tokens.revoke(id, "ops");
        local.ensure();
        String third = Files.readString(file).strip();
        assertThat(tokens.find(second)).isEmpty();
        assertThat(tokens.find(third)).isPresent();
    }

    private LocalToken local(Path file) {
        return new LocalToken(file, tokens, random::newToken);
    }

    /** Counts what goes to the database. */
    private static final class CountingTokens implements TokenRepository {
        private final TokenRepository real;
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger notes = new AtomicInteger();

        CountingTokens(TokenRepository real) {
            this.real = real;
        }

        @Override
        public void add(AccessToken token, String digest) {
            real.add(token, digest);
        }

        @Override
        public List<AccessToken> all() {
            return real.all();
        }

        @Override
        public Optional<AccessToken> find(String id) {
            return real.find(id);
        }

        @Override
        public Optional<AccessToken> findByDigest(String digest) {
            return real.findByDigest(digest);
        }

        @Override
        public List<Known> known() {
            reads.incrementAndGet();
            return real.known();
        }

        @Override
        public void revoke(String id, Instant now) {
            real.revoke(id, now);
        }

        @Override
        public void rotate(String id, String digest, Instant now, Instant overlapEnd, @Nullable Instant expires) {
            real.rotate(id, digest, now, overlapEnd, expires);
        }

        @Override
        public void used(String id, Instant now) {
            notes.incrementAndGet();
            real.used(id, now);
        }
    }
}
