package dev.provhub.store;

import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutGroup;
import dev.provhub.rollout.RolloutNews;
import dev.provhub.rollout.RolloutState;
import dev.provhub.rollout.Rollouts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rollouts and their groups in the database. */
public final class JdbcRollouts implements Rollouts {
    /** For how long after its end devices that have failed may still arrive. */
    private static final Duration LATE = Duration.ofDays(30);

    private static final String ALL = "select * from rollout ";
    /** A look at few rows each: the index begins with the rollout and the progress. */
    private static final String HAS =
            " and exists (select 1 from rollout_device x where x.rollout_id = r.id and x.state = ";

    private static final String LIVE = "select r.* from rollout r where"
            + " r.state in ('awaiting_approval', 'draft', 'scheduled', 'running', 'paused', 'stopped')"
            + or("r.state = 'finished'", "waiting")
            + or("r.state in ('finished', 'cancelled')", "told")
            + or("r.state in ('finished', 'cancelled')", "downloading")
            + or("r.state in ('finished', 'cancelled') and r.ended > ?", "failed")
            + or("r.state = 'back'", "told")
            + or("r.state = 'back'", "downloading")
            + or("r.state = 'back'", "failed")
            + or("r.state = 'back'", "running")
            + " order by r.id";

    private final Jdbc jdbc;
    private final SealedMap maps;
    private final java.time.Clock clock;

    /** Of an open database, which outlives this. */
    public JdbcRollouts(Database database, SecretColumn secrets, java.time.Clock clock) {
        this.jdbc = database.jdbc();
        this.maps = new SealedMap(secrets);
        this.clock = clock;
    }

    private static String or(String state, String progress) {
        return " or (" + state + HAS + "'" + progress + "'))";
    }

    @Override
    public Rollout add(Rollout made) {
        return jdbc.run(() -> {
            long id;
            do {
                id = jdbc.query("select coalesce(max(id), 0) + 1 from rollout", Binder.NONE, row -> row.getLong(1))
                        .get(0);
                // Two hubs may have found the same number
            } while (!insert(id, made));
            return find(id).orElseThrow();
        });
    }

    private boolean insert(long id, Rollout made) {
        return jdbc.update(
                        """
                        insert into rollout (id, kind, state, priority, plan, devices, created, created_by, starts, untold)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, false) on conflict do nothing
                        """,
                        Binder.of(
                                id,
                                made.kind().word(),
                                made.state().word(),
                                made.plan().priority(),
                                PlanJson.write(made.plan()),
                                made.devices(),
                                made.created(),
                                made.createdBy(),
                                made.starts()))
                == 1;
    }

    @Override
    public Optional<Rollout> find(long id) {
        return first(ALL + "where id = ?", id);
    }

    private Optional<Rollout> first(String sql, long id) {
        return jdbc.query(sql, Binder.of(id), JdbcRollouts::read).stream().findFirst();
    }

    @Override
    public List<Rollout> latest(int limit) {
        return jdbc.query(ALL + "order by id desc limit ?", Binder.of(limit), JdbcRollouts::read);
    }

    @Override
    public List<Rollout> live() {
        return jdbc.query(LIVE, Binder.of(clock.instant().minus(LATE)), JdbcRollouts::read);
    }

    @Override
    public List<Long> due(Instant now) {
        return jdbc.query("""
                select id from rollout
                where state in ('running', 'paused') or (state = 'scheduled' and starts <= ?) order by id
                """, Binder.of(now), row -> row.getLong(1));
    }

    @Override
    public List<Long> ended(Instant before, Instant now) {
        return jdbc.query(
                "select r.id from rollout r where (r.watched is null or r.watched <= ? or r.watched > ?) and (1 = 0"
                        + or("r.state in ('finished', 'cancelled')", "told")
                        + or("r.state in ('finished', 'cancelled')", "downloading")
                        + or("r.state = 'finished'", "waiting")
                        // What another hub has written may have its clock's time
                        + " or (r.state = 'finished' and r.ended > ? and exists (select 1 from rollout_device x"
                        + " where x.rollout_id = r.id and x.state = 'failed' and x.changed >= r.watched - interval '10' minute)))"
                        + " order by r.id",
                Binder.of(before, now, now.minus(LATE)),
                row -> row.getLong(1));
    }

    @Override
    public Optional<Rollout> lockFree(long id) {
        return first(ALL + "where id = ? for update skip locked", id);
    }

    @Override
    public Optional<Rollout> lock(long id) {
        return first(ALL + "where id = ? for update", id);
    }

    @Override
    public void save(Rollout rollout, boolean isNews) {
        jdbc.run(() -> jdbc.update(
                """
                update rollout set state = ?, devices = ?, approved_by = ?, starts = ?, started = ?, ended = ?, watched = ?,
                  heard_from = ?, reason = ?, untold = untold or ?,
                  telling = case when cast(? as boolean) then cast(? as timestamp with time zone) else telling end
                where id = ?
                """,
                Binder.of(
                        rollout.state().word(),
                        rollout.devices(),
                        rollout.approvedBy(),
                        rollout.starts(),
                        rollout.started(),
                        rollout.ended(),
                        rollout.watched(),
                        rollout.heardFrom(),
                        shortened(rollout.reason()),
                        isNews,
                        isNews,
                        Instant.EPOCH,
                        rollout.id())));
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= 1000 ? text : text.substring(0, 1000);
    }

    @Override
    public void keepPerson(long id, String person) {
        jdbc.update("update rollout set person = ? where id = ?", Binder.of(person, id));
    }

    @Override
    public Optional<String> person(long id) {
        return jdbc
                .query(
                        "select person from rollout where id = ? and person is not null",
                        Binder.of(id),
                        row -> row.getString("person"))
                .stream()
                .findFirst();
    }

    @Override
    public void hurryBack(long id) {
        jdbc.update("update rollout set back_now = true where id = ?", Binder.of(id));
    }

    @Override
    public List<RolloutGroup> groups(long id) {
        return jdbc.query(
                "select number, devices, begun, done, forgiven, doubted from rollout_group where rollout_id = ? order by number",
                Binder.of(id),
                row -> new RolloutGroup(
                        row.getInt("number"),
                        row.getLong("devices"),
                        RowReader.instant(row, "begun"),
                        RowReader.instant(row, "done"),
                        row.getLong("forgiven"),
                        RowReader.instant(row, "doubted")));
    }

    @Override
    public void addGroups(long id, List<RolloutGroup> groups) {
        jdbc.batch(
                "insert into rollout_group (rollout_id, number, devices, begun, done, forgiven) values (?, ?, ?, ?, ?, ?)",
                groups.stream()
                        .map(group -> Binder.of(
                                id, group.number(), group.devices(), group.begun(), group.done(), group.forgiven()))
                        .toList());
    }

    @Override
    public boolean save(long id, RolloutGroup before, RolloutGroup after) {
        return jdbc.update(
                        """
                        update rollout_group set devices = ?, begun = ?, done = ?, forgiven = ?, doubted = ?
                        where rollout_id = ? and number = ?
                          and (begun is not null) = cast(? as boolean) and (done is not null) = cast(? as boolean)
                        """,
                        Binder.of(
                                after.devices(),
                                after.begun(),
                                after.done(),
                                after.forgiven(),
                                after.doubted(),
                                id,
                                before.number(),
                                before.begun() != null,
                                before.done() != null))
                == 1;
    }

    @Override
    public List<Rollout> takeEnded(int limit, Instant now, Instant since) {
        if (jdbc.query(
                        "select id from rollout where untold and telling < ? limit 1",
                        Binder.of(since),
                        row -> row.getLong(1))
                .isEmpty()) {
            return List.of();
        }
        return jdbc.run(() -> {
            List<Rollout> taken = jdbc.query(
                    ALL + "where untold and telling < ? order by id limit ? for update skip locked",
                    Binder.of(since, limit),
                    JdbcRollouts::read);
            jdbc.batch(
                    "update rollout set telling = ? where id = ?",
                    taken.stream().map(one -> Binder.of(now, one.id())).toList());
            return taken;
        });
    }

    @Override
    public void told(List<RolloutNews.Receipt> receipts) {
        jdbc.batch(
                "update rollout set untold = false where id = ? and telling = ?",
                receipts.stream()
                        .map(one -> Binder.of(one.rollout(), one.taken()))
                        .toList());
    }

    @Override
    public int freeNews(Instant now) {
        return jdbc.update(
                "update rollout set telling = ? where untold and telling > ?", Binder.of(Instant.EPOCH, now));
    }

    @Override
    public Optional<Hold> hold() {
        return jdbc
                .query(
                        "select since, who from rollout_hold",
                        Binder.NONE,
                        row -> new Hold(Objects.requireNonNull(RowReader.instant(row, "since")), row.getString("who")))
                .stream()
                .findFirst();
    }

    @Override
    public boolean setHold(@Nullable Hold hold) {
        int changed = hold == null
                ? jdbc.update("delete from rollout_hold", Binder.NONE)
                : jdbc.update(
                        "insert into rollout_hold (id, since, who) values (1, ?, ?) on conflict do nothing",
                        Binder.of(hold.since(), hold.who()));
        return changed == 1;
    }

    @Override
    public Census census() {
        Map<RolloutState, Long> byState = new EnumMap<>(RolloutState.class);
        jdbc.query(
                "select state, count(*) from rollout group by state",
                Binder.NONE,
                row -> byState.put(RolloutState.of(row.getString(1)), row.getLong(2)));
        Map<Progress, Long> devices = new EnumMap<>(Progress.class);
        jdbc.query("""
                select x.state, count(*) from rollout r join rollout_device x on x.rollout_id = r.id
                where r.state in ('running', 'paused', 'stopped') group by x.state
                """, Binder.NONE, row -> devices.put(Progress.of(row.getString(1)), row.getLong(2)));
        return new Census(byState, devices);
    }

    @Override
    public void keepLayers(long id, LayerFiles files) {
        jdbc.run(() -> jdbc.update(
                "insert into rollout_layers (rollout_id, before_sealed, after_sealed) values (?, ?, ?)",
                Binder.of(
                        id,
                        maps.seal(files.before(), identity(id, "before")),
                        maps.seal(files.after(), identity(id, "after")))));
    }

    @Override
    public Optional<LayerFiles> layers(long id) {
        return jdbc
                .query(
                        "select before_sealed, after_sealed from rollout_layers where rollout_id = ?",
                        Binder.of(id),
                        row -> new LayerFiles(
                                maps.open(row.getString("before_sealed"), identity(id, "before")),
                                maps.open(row.getString("after_sealed"), identity(id, "after"))))
                .stream()
                .findFirst();
    }

    static String identity(long id, String which) {
        return "rollout_layers/" + id + "/" + which;
    }

    private static Rollout read(ResultSet row) throws SQLException {
        return new Rollout(
                row.getLong("id"),
                PlanJson.read(row.getString("plan")),
                RolloutState.of(row.getString("state")),
                row.getLong("devices"),
                Objects.requireNonNull(RowReader.instant(row, "created")),
                row.getString("created_by"),
                row.getString("approved_by"),
                RowReader.instant(row, "starts"),
                RowReader.instant(row, "started"),
                RowReader.instant(row, "ended"),
                RowReader.instant(row, "watched"),
                RowReader.instant(row, "heard_from"),
                row.getString("reason"));
    }
}
