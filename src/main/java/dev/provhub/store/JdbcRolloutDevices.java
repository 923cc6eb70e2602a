package dev.provhub.store;

import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.rollout.GroupCounts;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.rollout.RolloutKind;
import dev.provhub.rollout.RolloutNews;
import dev.provhub.rollout.RolloutState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which devices are part of which rollout, in the database. */
public final class JdbcRolloutDevices implements RolloutDevices {
    private static final int AT_ONCE = 5000;
    /** What moved later than that moved by a clock that was wrong. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final String AMONG = " = any(cast(? as varchar array))";

    private final Jdbc jdbc;
    private final JdbcDeviceSearch search;

    /** Of an open database, which outlives this. */
    public JdbcRolloutDevices(Database database, JdbcDeviceSearch search) {
        this.jdbc = database.jdbc();
        this.search = search;
    }

    @Override
    public List<Candidate> candidates(DeviceFilter filter) {
        return found(filter, "", List.of());
    }

    @Override
    public List<Candidate> newcomers(DeviceFilter filter, long rollout) {
        return found(
                filter,
                " and not exists (select 1 from rollout_device x where x.mac = d.mac and x.rollout_id = ?)",
                List.of(rollout));
    }

    private List<Candidate> found(DeviceFilter filter, String more, List<Object> values) {
        FilterSql condition = search.compiled(filter);
        return jdbc.query(
                "select d.mac, d.model, d.tenant, d.plan from device d where " + condition.text() + more
                        + " order by d.mac",
                condition.binder(values.toArray()),
                row -> new Candidate(
                        new MacAddress(row.getString("mac")),
                        row.getString("model"),
                        new Device.Place(row.getString("tenant"), row.getString("plan"), null)));
    }

    @Override
    public int add(long rollout, Collection<Member> members, Instant now) {
        List<Member> all = new ArrayList<>(members);
        int added = 0;
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            added += addSome(rollout, all.subList(from, Math.min(all.size(), from + AT_ONCE)), now);
        }
        return added;
    }

    /** One statement for thousands, with a list for each column. */
    private int addSome(long rollout, List<Member> some, Instant now) {
        return jdbc.update(
                """
                insert into rollout_device (mac, rollout_id, group_no, turn, state, target, repeats, pushed, changed, untold)
                select d.mac, cast(? as bigint), cast(n.group_no as integer), cast(n.turn as integer), 'waiting',
                  nullif(n.target, ''), 0, 0, cast(? as timestamp with time zone), false
                from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
                  cast(? as varchar array)) as n (mac, group_no, turn, target)
                join device d on d.mac = n.mac
                on conflict do nothing
                """,
                Binder.of(
                        rollout,
                        now,
                        some.stream().map(one -> one.mac().hex()).toList(),
                        some.stream().map(one -> Integer.toString(one.group())).toList(),
                        some.stream().map(one -> Integer.toString(one.turn())).toList(),
                        some.stream()
                                .map(one -> Objects.requireNonNullElse(one.target(), ""))
                                .toList()));
    }

    @Override
    public List<Membership> of(MacAddress mac) {
        return jdbc.query("""
                select x.rollout_id, r.kind, r.state as rollout_state, r.priority, x.group_no, g.begun, x.turn, x.state, x.target,
                  x.before_version, x.before_target, x.before_by, x.shown, x.repeats, x.passed, x.before_error, x.changed, r.ended, r.back_now
                from rollout_device x join rollout r on r.id = x.rollout_id
                join rollout_group g on g.rollout_id = x.rollout_id and g.number = x.group_no
                where x.mac = ? order by x.rollout_id
                """, Binder.of(mac.hex()), JdbcRolloutDevices::membership);
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                row.getLong("rollout_id"),
                RolloutKind.of(row.getString("kind")),
                RolloutState.of(row.getString("rollout_state")),
                row.getInt("priority"),
                row.getInt("group_no"),
                RowReader.instant(row, "begun"),
                row.getInt("turn"),
                Progress.of(row.getString("state")),
                row.getString("target"),
                row.getString("before_version"),
                row.getString("before_target"),
                RowReader.number(row, "before_by"),
                row.getString("shown"),
                row.getInt("repeats"),
                row.getString("passed"),
                row.getString("before_error"),
                Objects.requireNonNull(RowReader.instant(row, "changed")),
                RowReader.instant(row, "ended"),
                row.getBoolean("back_now"));
    }

    @Override
    public boolean move(MacAddress mac, Membership from, Step to, boolean telling, Instant now) {
        String more = telling
                ? ", before_error = (select max(y.reported) from rollout_device y where y.mac = rollout_device.mac)"
                : "";
        String only = telling
                ? " and exists (select 1 from rollout r where r.id = rollout_id and r.state in ('running', 'finished'))"
                        + " and not exists (select 1 from rollout_hold)"
                : "";
        return jdbc.update(
                        """
                        update rollout_device set state = ?, before_version = ?, before_target = ?, before_by = ?, shown = ?, repeats = ?,
                          passed = ?, reason = ?, untold = untold or ?,
                          telling = case when cast(? as boolean) then cast(? as timestamp with time zone) else telling end,
                          changed = ?""" + more + " where mac = ? and rollout_id = ? and state = ?" + only,
                        Binder.of(
                                to.progress().word(),
                                to.beforeVersion(),
                                to.beforeTarget(),
                                to.beforeBy(),
                                to.shown(),
                                to.repeats(),
                                to.passed(),
                                shortened(to.reason()),
                                to.untold(),
                                to.untold(),
                                Instant.EPOCH,
                                now,
                                mac.hex(),
                                from.rollout(),
                                from.progress().word()))
                == 1;
    }

    @Override
    public void reported(MacAddress mac, @Nullable String error) {
        if (error == null) {
            jdbc.update(
                    "update rollout_device set reported = null, before_error = null"
                            + " where mac = ? and (reported is not null or before_error is not null)",
                    Binder.of(mac.hex()));
        } else {
            jdbc.update(
                    "update rollout_device set reported = ? where mac = ? and (reported is null or reported <> ?)",
                    Binder.of(error, mac.hex(), error));
        }
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= 300 ? text : text.substring(0, 300);
    }

    @Override
    public Map<Integer, GroupCounts> counts(long rollout) {
        Map<Integer, Map<Progress, Long>> byGroup = new TreeMap<>();
        jdbc.query(
                "select group_no, state, count(*) as devices from rollout_device where rollout_id = ? group by group_no, state",
                Binder.of(rollout),
                row -> byGroup.computeIfAbsent(row.getInt("group_no"), any -> new EnumMap<>(Progress.class))
                        .put(Progress.of(row.getString("state")), row.getLong("devices")));
        Map<Integer, GroupCounts> counts = new HashMap<>();
        byGroup.forEach((group, by) -> counts.put(group, new GroupCounts(by)));
        return counts;
    }

    @Override
    public long offline(long rollout, int group, Instant since) {
        return jdbc.query("""
                        select count(*) from rollout_device x left join device_seen s on s.mac = x.mac
                        where x.rollout_id = ? and x.state = 'waiting' and x.group_no = ?
                          and (s.last_contact is null or s.last_contact < ?)
                        """, Binder.of(rollout, group, since), row -> row.getLong(1))
                .get(0);
    }

    @Override
    public int failSilent(long rollout, Instant before, String reason, Instant now) {
        return jdbc.update("""
                update rollout_device set state = 'failed', reason = ?, changed = ?
                where rollout_id = ? and state in ('told', 'downloading') and (changed < ? or changed > ?)
                """, Binder.of(reason, now, rollout, before, now.plus(SKEW)));
    }

    @Override
    public List<Long> heavier(long rollout) {
        return jdbc.query("""
                select other.id from rollout own join rollout other on other.kind = own.kind
                  and (other.priority > own.priority or other.priority = own.priority and other.id > own.id)
                where own.id = ? and (other.state in ('running', 'paused') or other.state = 'finished' and other.kind = 'firmware')
                  and exists (select 1 from rollout_device y where y.rollout_id = other.id and y.state = 'waiting')
                order by other.id
                """, Binder.of(rollout), row -> row.getLong(1));
    }

    @Override
    public long waitingIn(long rollout, int group, List<Long> others) {
        return jdbc.query("""
                        select count(*) from rollout_device x
                        where x.rollout_id = ? and x.group_no = ? and x.state = 'waiting' and exists (
                          select 1 from rollout_device y where y.mac = x.mac and y.state = 'waiting'
                            and y.rollout_id = any(cast(? as bigint array)))
                        """, Binder.of(rollout, group, others), row -> row.getLong(1))
                .get(0);
    }

    @Override
    public int retry(long rollout, Instant now) {
        return jdbc.update("""
                update rollout_device set state = 'waiting', reason = null, repeats = 0, pushed = 0, changed = ?
                where rollout_id = ? and state = 'failed'
                """, Binder.of(now, rollout));
    }

    @Override
    public int recall(long rollout, Instant now) {
        return jdbc.update("""
                update rollout_device set state = 'told', changed = ?
                where rollout_id = ? and state = 'waiting' and before_version is not null
                """, Binder.of(now, rollout));
    }

    @Override
    public Map<String, Long> reasons(long rollout, Progress progress, int limit) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        jdbc.query(
                """
                select reason, count(*) as devices from rollout_device where rollout_id = ? and state = ?
                group by reason order by devices desc, reason limit ?
                """,
                Binder.of(rollout, progress.word(), limit),
                row -> reasons.put(Objects.requireNonNullElse(row.getString("reason"), ""), row.getLong("devices")));
        return reasons;
    }

    @Override
    public List<Shown> list(long rollout, @Nullable Progress progress, @Nullable MacAddress after, int limit) {
        return jdbc.query(
                """
                select x.mac, x.group_no, x.state, x.target, coalesce(x.shown, d.running_version) as version, x.changed, x.reason
                from rollout_device x join device d on d.mac = x.mac
                where x.rollout_id = ? and (cast(? as varchar) is null or x.state = ?) and x.mac > ? order by x.mac limit ?
                """,
                Binder.of(
                        rollout,
                        progress == null ? null : progress.word(),
                        progress == null ? null : progress.word(),
                        after == null ? "" : after.hex(),
                        limit),
                row -> new Shown(
                        new MacAddress(row.getString("mac")),
                        row.getInt("group_no"),
                        Progress.of(row.getString("state")),
                        row.getString("target"),
                        row.getString("version"),
                        Objects.requireNonNull(RowReader.instant(row, "changed")),
                        row.getString("reason")));
    }

    @Override
    public List<String> zones(long rollout) {
        return jdbc.query("""
                select distinct coalesce(d.time_zone, '') as zone from rollout_device x join device d on d.mac = x.mac
                where x.rollout_id = ? and (x.state = 'waiting' and x.pushed = 0 or x.state = 'downloading' and x.pushed < 2)
                """, Binder.of(rollout), row -> row.getString("zone"));
    }

    @Override
    public List<MacAddress> takePushes(long rollout, int group, Collection<String> zones, int turn, int limit) {
        List<MacAddress> taken = jdbc.query(
                """
                select x.mac from rollout_device x join device d on d.mac = x.mac
                where x.rollout_id = ? and x.state = 'waiting' and x.group_no = ? and x.pushed = 0 and x.turn < ?
                  and d.state = 'secured' and coalesce(d.time_zone, '')""" + AMONG + " order by x.turn, x.mac limit ?",
                Binder.of(rollout, group, turn, zones, limit),
                row -> new MacAddress(row.getString("mac")));
        return marked(rollout, taken, "waiting", 0, 1);
    }

    @Override
    public List<MacAddress> takeQuestions(long rollout, Collection<String> zones, int limit) {
        List<MacAddress> taken = jdbc.query(
                """
                select x.mac from rollout_device x join device d on d.mac = x.mac
                where x.rollout_id = ? and x.state = 'downloading' and x.repeats > 0 and x.pushed < 2
                  and coalesce(d.time_zone, '')""" + AMONG + " order by x.mac limit ?",
                Binder.of(rollout, zones, limit),
                row -> new MacAddress(row.getString("mac")));
        return marked(rollout, taken, "downloading", 1, 2);
    }

    /** Of two hubs that have found the same the one that marks it has it. */
    private List<MacAddress> marked(long rollout, List<MacAddress> found, String state, int most, int mark) {
        return found.stream()
                .filter(mac -> jdbc.update(
                                "update rollout_device set pushed = ? where mac = ? and rollout_id = ? and state = ? and pushed <= ?",
                                Binder.of(mark, mac.hex(), rollout, state, most))
                        == 1)
                .toList();
    }

    @Override
    public List<Milestone> takeMilestones(int limit, Instant now, Instant since) {
        if (jdbc.query(
                        "select mac from rollout_device where untold and telling < ? limit 1",
                        Binder.of(since),
                        row -> row.getString(1))
                .isEmpty()) {
            return List.of();
        }
        return jdbc.run(() -> {
            List<Milestone> taken = jdbc.query(
                    """
                    select x.rollout_id, x.mac, x.shown, x.changed, x.target from rollout_device x
                    where x.untold and x.telling < ? order by x.mac, x.rollout_id limit ? for update skip locked
                    """,
                    Binder.of(since, limit),
                    row -> new Milestone(
                            row.getLong("rollout_id"),
                            row.getString("target") == null ? RolloutKind.LAYERS : RolloutKind.FIRMWARE,
                            new MacAddress(row.getString("mac")),
                            row.getString("shown"),
                            Objects.requireNonNull(RowReader.instant(row, "changed"))));
            jdbc.batch(
                    "update rollout_device set telling = ? where mac = ? and rollout_id = ?",
                    taken.stream()
                            .map(one -> Binder.of(now, one.mac().hex(), one.rollout()))
                            .toList());
            return taken;
        });
    }

    @Override
    public void told(List<RolloutNews.Receipt> receipts) {
        jdbc.batch(
                "update rollout_device set untold = false where mac = ? and rollout_id = ? and telling = ?",
                receipts.stream()
                        .map(one -> Binder.of(Objects.requireNonNull(one.mac()).hex(), one.rollout(), one.taken()))
                        .toList());
    }

    @Override
    public int freeMilestones(Instant now) {
        return jdbc.update(
                "update rollout_device set telling = ? where untold and telling > ?", Binder.of(Instant.EPOCH, now));
    }
}
