package dev.provhub.rollout;

import dev.provhub.profile.LayerArchive;
import dev.provhub.profile.LayerChange;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import dev.provhub.rollout.Rollouts.LayerFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the layers of this hub in step with the rollout of a change: while it is under way both sets are in force, each for its
 * devices. The database is what counts; a hub that was not there, or another one, follows it. Thread-safe.
 */
public final class RolloutLayers {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutLayers.class);
    private static final int LATEST = 100;

    private final LayerEdits edits;
    private final LayerArchive archive;
    private final Rollouts rollouts;
    private final Function<Map<String, String>, LayerSet> reader;
    /** The last change that came into force by a rollout; 0 for none. */
    private long through;

    private boolean looked;

    /** @param reader reads layers from texts by path */
    public RolloutLayers(
            LayerEdits edits, LayerArchive archive, Rollouts rollouts, Function<Map<String, String>, LayerSet> reader) {
        this.edits = edits;
        this.archive = archive;
        this.rollouts = rollouts;
        this.reader = reader;
    }

    /** Whether these texts are the layers in force. */
    boolean isInForce(Map<String, String> files) {
        return edits.state().inForce().files().equals(files);
    }

    /** The edit that waits, if nothing is under way. */
    Optional<LayerEdits.Held> held() {
        LayerEdits.State state = edits.state();
        return state.rolling() == null ? Optional.ofNullable(state.held()) : Optional.empty();
    }

    /** Whether one is under way by the database: also one that this hub does not follow yet. */
    boolean isUnderWay() {
        return active().isPresent();
    }

    /** Keeps both sets with a rollout; inside its transaction. */
    void keep(long rollout, LayerEdits.Held held) {
        rollouts.keepLayers(
                rollout,
                new LayerFiles(edits.state().inForce().files(), held.edited().files()));
    }

    /** What the layers of a rollout change. */
    LayerChange changeOf(long rollout) {
        LayerEdits.Rolling rolling = edits.state().rolling();
        if (rolling != null && rolling.rollout() == rollout) {
            return rolling.change();
        }
        return rollouts.layers(rollout)
                .map(files -> edits.changeTo(reader.apply(files.after())))
                .orElse(new LayerChange(List.of(), List.of(), List.of()));
    }

    /** Its new layers are what a restart finds in force; inside the transaction in which it finishes. */
    void keepInForce(long rollout, Instant now) {
        rollouts.layers(rollout).ifPresent(files -> archive.keep(files.after(), now));
    }

    /** Its old layers are what a restart finds in force; inside the transaction in which it goes back after its end. */
    void keepFormer(long rollout, Instant now) {
        rollouts.layers(rollout).ifPresent(files -> archive.keep(files.before(), now));
    }

    /** Brings what this hub has in force in step with what the database says. */
    public synchronized void follow() {
        if (!looked) {
            through = rollouts.latest(LATEST).stream()
                    .filter(one -> one.kind() == RolloutKind.LAYERS && one.state() == RolloutState.FINISHED)
                    .mapToLong(Rollout::id)
                    .findFirst()
                    .orElse(0);
            looked = true;
        }
        followRolling();
        if (through != 0 && stateOf(through) == RolloutState.BACK) {
            rollouts.layers(through).ifPresent(files -> edits.restore(reader.apply(files.before())));
            through = 0;
        }
    }

    private @Nullable RolloutState stateOf(long rollout) {
        return rollouts.find(rollout).map(Rollout::state).orElse(null);
    }

    private void followRolling() {
        LayerEdits.Rolling rolling = edits.state().rolling();
        Optional<Rollout> active = active();
        if (rolling != null && (active.isEmpty() || active.get().id() != rolling.rollout())) {
            boolean isThrough = stateOf(rolling.rollout()) == RolloutState.FINISHED;
            edits.rolledOut(rolling.rollout(), isThrough);
            through = isThrough ? rolling.rollout() : through;
            rolling = null;
        }
        if (rolling == null && active.isPresent()) {
            begin(active.get().id());
        }
    }

    private void begin(long rollout) {
        try {
            rollouts.layers(rollout).ifPresent(files -> edits.roll(rollout, reader.apply(files.after())));
        } catch (IllegalArgumentException e) {
            LOG.error("the layers of rollout {} cannot be read any more: {}", rollout, e.getMessage());
        }
    }

    private Optional<Rollout> active() {
        return rollouts.live().stream()
                .filter(one -> one.kind() == RolloutKind.LAYERS && !one.state().isEnd())
                .findFirst();
    }
}
