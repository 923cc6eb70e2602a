package dev.provhub.rollout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rollouts there are, kept in memory so that a poll of a device that is part of none costs nothing. It may be some seconds
 * old: what changes a device is checked again in the database. Thread-safe.
 */
public final class RolloutBoard {
    private final Rollouts rollouts;
    private volatile Map<Long, Rollout> live = Map.of();
    private volatile List<Rollout> capped = List.of();

    /** Knows none until {@link #refresh}. */
    public RolloutBoard(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** Looks what there is now. */
    public List<Rollout> refresh() {
        List<Rollout> now = rollouts.live();
        Map<Long, Rollout> byId = new HashMap<>();
        now.forEach(one -> byId.put(one.id(), one));
        live = Map.copyOf(byId);
        capped = now.stream()
                .filter(one -> one.plan().maxDownloads() > 0 && RolloutState.HEARD.contains(one.state()))
                .toList();
        return now;
    }

    /** Whether there is any of which a device may have to be told, or that has to hear of one. */
    boolean matters() {
        return live.values().stream().anyMatch(one -> RolloutState.HEARD.contains(one.state()));
    }

    /** Whether every rollout is held; asked of the database, because that must count at once. */
    boolean isHeld() {
        return rollouts.hold().isPresent();
    }

    /** Those that go on and limit the downloads of their families. */
    List<Rollout> capped() {
        return capped;
    }

    /** What was planned; plans never change. */
    Optional<RolloutPlan> plan(long id) {
        Rollout known = live.get(id);
        return known != null ? Optional.of(known.plan()) : rollouts.find(id).map(Rollout::plan);
    }
}
