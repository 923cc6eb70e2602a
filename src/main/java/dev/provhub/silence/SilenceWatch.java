package dev.provhub.silence;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.DeviceGroups;
import dev.provhub.device.MacAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds devices of which nothing was heard for several of their own periods, and those that came back.
 *
 * <p>Devices that share model, tenant and plan share a period. For each period there is a line in time, so many periods ago; who was
 * heard of last before it is silent. The line moves on, and each turn looks only at what it has passed since the turn before: so a
 * turn costs what has become silent, not what there is. Once an hour, and when periods change, all lines begin anew. Thread-safe.
 */
public final class SilenceWatch {
    private static final int PAGE = 1_000;
    private static final int PAGES_IN_A_TURN = 20;
    private static final int TOLD_IN_A_TURN = 500;
    private static final int EXCUSES_IN_A_TURN = 5_000;
    private static final Duration ANEW_AFTER = Duration.ofHours(1);
    /** Which groups there are is read off all devices. */
    private static final Duration LEARN_AFTER = Duration.ofMinutes(10);

    private final Silences silences;
    private final DeviceGroups groups;
    private final Periods periods;
    private final int patience;
    private final Clock clock;

    private final Map<Duration, Silences.Place> lines = new HashMap<>();
    private volatile Map<Group, Optional<Duration>> known = Map.of();
    private Instant anew = Instant.MIN;
    private Instant learn = Instant.MIN;

    /** How long devices wait between two polls. */
    public interface Periods {
        /** Of devices of this model, tenant and plan; empty when they are not expected to poll here. */
        Optional<Duration> usual(String model, Device.Place place);

        /** Of one device, by its own settings; empty when it is not expected to poll here, or is gone. */
        Optional<Duration> own(MacAddress mac);
    }

    private record Group(
            String model, @Nullable String tenant, @Nullable String plan) {}

    /**
     * What a turn has found.
     *
     * @param silent   newly silent
     * @param returned heard of again, or nobody's any more
     */
    public record Change(List<SilentDevice> silent, List<SilentDevice> returned) {}

    /** @param patience how many periods, 0 for not watching */
    public SilenceWatch(Silences silences, DeviceGroups groups, Periods periods, int patience, Clock clock) {
        this.silences = silences;
        this.groups = groups;
        this.periods = periods;
        this.patience = patience;
        this.clock = clock;
    }

    /** Looks once, and gives what is to be told. What a turn cannot finish, the next ones do. */
    public synchronized Change take() {
        if (patience == 0) {
            silences.clear();
            return new Change(List.of(), List.of());
        }
        Instant now = clock.instant();
        if (learnPeriods(now)) {
            lines.clear();
            anew = now.plus(ANEW_AFTER);
        }
        Set<Duration> all = new TreeSet<>();
        known.values().forEach(period -> period.ifPresent(all::add));
        for (Duration period : all) {
            moveLine(period, now, Math.max(2, PAGES_IN_A_TURN / all.size()));
        }
        judgeByThemselves(silences.endExcuses(now, EXCUSES_IN_A_TURN), now);
        silences.forgetUntold();
        return new Change(silences.takeUntold(TOLD_IN_A_TURN), silences.takeReturned(TOLD_IN_A_TURN));
    }

    /** Whether it is time to begin anew. */
    private boolean learnPeriods(Instant now) {
        if (!known.isEmpty() && now.isBefore(learn)) {
            return !now.isBefore(anew);
        }
        learn = now.plus(LEARN_AFTER);
        Map<Group, Optional<Duration>> found = new HashMap<>();
        for (DeviceGroup group : groups.claimed()) {
            found.put(groupOf(group.model(), group.place()), periods.usual(group.model(), group.place()));
        }
        // Devices of a group that is new have just been heard of
        boolean changed = known.entrySet().stream()
                .anyMatch(group ->
                        found.containsKey(group.getKey()) && !group.getValue().equals(found.get(group.getKey())));
        known = Map.copyOf(found);
        return changed || !now.isBefore(anew);
    }

    private static Group groupOf(String model, Device.Place place) {
        return new Group(model, place.tenant(), place.plan());
    }

    /** How many devices are expected to be heard of and have been once; it reads all devices. */
    public long watched() {
        Map<Group, Optional<Duration>> learnt = known;
        return silences.heard().stream()
                .filter(group -> learnt.getOrDefault(groupOf(group.model(), group.place()), Optional.empty())
                        .isPresent())
                .mapToLong(DeviceGroup::devices)
                .sum();
    }

    private void moveLine(Duration period, Instant now, int pages) {
        Instant line = now.minus(period.multipliedBy(patience));
        int left = pages;
        while (left > 0) {
            List<Silences.Seen> page = silences.seenBetween(lines.get(period), line, PAGE);
            left--;
            judge(page, period, now);
            if (page.size() < PAGE) {
                lines.put(period, new Silences.Place(line, ""));
                return;
            }
            Silences.Seen last = page.get(page.size() - 1);
            lines.put(period, new Silences.Place(last.lastContact(), last.mac().hex()));
        }
    }

    private void judgeByThemselves(List<Silences.Seen> ended, Instant now) {
        List<SilentDevice> silent = new ArrayList<>();
        ended.forEach(seen -> judgeByItself(seen, now).ifPresent(silent::add));
        silences.addSilent(silent);
    }

    private void judge(List<Silences.Seen> page, Duration period, Instant now) {
        List<SilentDevice> silent = new ArrayList<>();
        for (Silences.Seen seen : page) {
            Group group = groupOf(seen.model(), seen.place());
            if (!known.containsKey(group)) {
                learn = now;
            }
            Optional<Duration> usual = known.getOrDefault(group, Optional.empty());
            if (Objects.equals(usual.orElse(null), period)) {
                if (seen.hasOwnSettings()) {
                    judgeByItself(seen, now).ifPresent(silent::add);
                } else {
                    silent.add(new SilentDevice(seen.mac(), seen.lastContact(), period));
                }
            }
        }
        silences.addSilent(silent);
    }

    private Optional<SilentDevice> judgeByItself(Silences.Seen seen, Instant now) {
        Optional<Duration> own = periods.own(seen.mac());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        SilentDevice device = new SilentDevice(seen.mac(), seen.lastContact(), own.get());
        Instant end = seen.lastContact().plus(own.get().multipliedBy(patience));
        if (end.isAfter(now)) {
            silences.addExcused(device, end);
            return Optional.empty();
        }
        return Optional.of(device);
    }
}
