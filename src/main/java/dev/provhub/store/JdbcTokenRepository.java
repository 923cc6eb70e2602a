package dev.provhub.store;

import dev.provhub.access.AccessToken;
import dev.provhub.access.AccessTokens;
import dev.provhub.access.Role;
import dev.provhub.access.TokenRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens in the database, by digest. */
public final class JdbcTokenRepository implements TokenRepository {
    private static final String COLUMNS = "id, name, roles, created, issued, expires, last_used, revoked, person";

    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcTokenRepository(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public void add(AccessToken token, String digest) {
        jdbc.run(() -> jdbc.update(
                "insert into access_token (id, name, roles, digest, created, issued, expires, person) values (?, ?, ?, ?, ?, ?, ?, ?)",
                Binder.of(
                        token.id(),
                        token.name(),
                        AccessTokens.words(token.roles()),
                        digest,
                        token.created(),
                        token.issued(),
                        token.expires(),
                        token.person())));
    }

    @Override
    public List<AccessToken> all() {
        return jdbc.query(
                "select " + COLUMNS + " from access_token order by created, id",
                Binder.NONE,
                JdbcTokenRepository::read);
    }

    @Override
    public Optional<AccessToken> find(String id) {
        return jdbc
                .query(
                        "select " + COLUMNS + " from access_token where id = ?",
                        Binder.of(id),
                        JdbcTokenRepository::read)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<AccessToken> findByDigest(String digest) {
        return jdbc
                .query(
                        "select " + COLUMNS + " from access_token where digest = ? or previous_digest = ?",
                        Binder.of(digest, digest),
                        JdbcTokenRepository::read)
                .stream()
                .findFirst();
    }

    @Override
    public List<Known> known() {
        return jdbc.query(
                "select digest as known, cast(null as timestamp with time zone) as taken_until, " + COLUMNS + """
                 from access_token where revoked is null
                union all
                select previous_digest as known, previous_until as taken_until, \
                """
                        + COLUMNS + """
                 from access_token
                where revoked is null and previous_digest is not null
                """,
                Binder.NONE,
                row -> new Known(row.getString("known"), RowReader.instant(row, "taken_until"), read(row)));
    }

    @Override
    public void revoke(String id, Instant now) {
        jdbc.run(() -> jdbc.update(
                "update access_token set revoked = ? where id = ? and revoked is null", Binder.of(now, id)));
    }

    @Override
    public void rotate(String id, String digest, Instant now, Instant overlapEnd, @Nullable Instant expires) {
        jdbc.run(() -> jdbc.update("""
                update access_token
                set previous_digest = digest, previous_until = ?, digest = ?, issued = ?, expires = ?
                where id = ?
                """, Binder.of(overlapEnd, digest, now, expires, id)));
    }

    @Override
    public void used(String id, Instant now) {
        jdbc.runLosable(() -> jdbc.update(
                "update access_token set last_used = ? where id = ? and (last_used is null or last_used < ?)",
                Binder.of(now, id, now)));
    }

    private static AccessToken read(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getString("id"),
                row.getString("name"),
                roles(row.getString("roles")),
                Objects.requireNonNull(RowReader.instant(row, "created")),
                Objects.requireNonNull(RowReader.instant(row, "issued")),
                RowReader.instant(row, "expires"),
                RowReader.instant(row, "last_used"),
                RowReader.instant(row, "revoked"),
                row.getString("person"));
    }

    private static Set<Role> roles(String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(words.split(",")).forEach(word -> Role.find(word).ifPresent(roles::add));
        return roles;
    }
}
