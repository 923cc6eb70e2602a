package dev.provhub.profile;

import dev.provhub.device.DeviceGroup;
import dev.provhub.device.DeviceGroups;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which layers are in force, and what becomes of an edit. An edit of layers is a change to the fleet: one that changes more
 * devices than the site allows at once is held until somebody releases it, and a bad one is refused while what was in force
 * stays. Thread-safe; {@link #get} never waits.
 */
public final class LayerEdits implements LayersInForce {
    private static final Logger LOG = LoggerFactory.getLogger(LayerEdits.class);
    private static final int SAMPLE = 100;

    private final DeviceModels models;
    private final DeviceGroups groups;
    private final LayerArchive archive;
    private final Trial trial;
    private final long maxImmediate;
    private final Clock clock;
    private volatile State state;

    /**
     * Begins with layers that are in force already.
     *
     * @param since        since when
     * @param trial        composes for devices that an edit changes before it comes into force
     * @param maxImmediate how many devices an edit may change at once without being held, from 0
     */
    public LayerEdits(
            LayerSet inForce,
            Instant since,
            DeviceModels models,
            DeviceGroups groups,
            LayerArchive archive,
            Trial trial,
            long maxImmediate,
            Clock clock) {
        this.trial = trial;
        this.models = models;
        this.groups = groups;
        this.archive = archive;
        this.maxImmediate = maxImmediate;
        this.clock = clock;
        this.state = new State(inForce, since, null, null, null);
    }

    /**
     * What is to be told of the layers.
     *
     * @param since   since when those in force are
     * @param held    what waits to be released; null for nothing
     * @param rolling a change that is being rolled out; null for none. No other edit comes into force meanwhile
     * @param refusal why the files as they are now were refused: file, line, value, what is allowed; null when they were not
     */
    public record State(
            LayerSet inForce,
            Instant since,
            @Nullable Held held,
            @Nullable Rolling rolling,
            @Nullable String refusal) {
        State with(@Nullable Held waiting, @Nullable String why) {
            return new State(inForce, since, waiting, rolling, why);
        }
    }

    /** An edit that waits. */
    public record Held(LayerSet edited, LayerChange change, Instant since) {}

    /** Layers that devices are given one after the other. */
    public record Rolling(long rollout, LayerSet edited, LayerChange change) {}

    /** Composes for one device: values with placeholders can only be judged with a device's own facts. */
    @FunctionalInterface
    public interface Trial {
        /** What a device could not be given of these layers, empty when all is well. */
        Optional<String> complaint(Layers layers, MacAddress mac);
    }

    /** The layers in force. */
    @Override
    public Layers get() {
        return state.inForce().layers();
    }

    @Override
    public Layers of(@Nullable Long rollout) {
        State now = state;
        Rolling rolling = now.rolling();
        return rolling != null && rollout != null && rollout == rolling.rollout()
                ? rolling.edited().layers()
                : now.inForce().layers();
    }

    /** How things stand. */
    public State state() {
        return state;
    }

    /** Takes an edit: puts it in force, or holds it when it changes too many devices at once. */
    public synchronized void offer(LayerSet edited) {
        State now = state;
        if (edited.digest().equals(now.inForce().digest())) {
            if (now.held() != null || now.refusal() != null) {
                LOG.info("layers are again what is in force");
                state = now.with(null, null);
            }
            return;
        }
        if (now.rolling() != null && now.rolling().edited().digest().equals(edited.digest())) {
            state = now.with(null, null);
            return;
        }
        if (now.held() != null && now.held().edited().digest().equals(edited.digest())) {
            state = now.with(now.held(), null);
            return;
        }
        LayerChange change = changeTo(edited);
        Optional<String> complaint = complaint(edited, change);
        if (complaint.isPresent()) {
            refuse(complaint.get());
        } else if (now.rolling() != null) {
            LOG.warn(
                    "layer edit held files={}: rollout {} of layers is under way",
                    change.files(),
                    now.rolling().rollout());
            state = now.with(new Held(edited, change, clock.instant()), null);
        } else if (change.devices() > maxImmediate) {
            LOG.warn(
                    "layer edit held files={} devices={} hub.layer.max-immediate={}: './hub layer release' puts it in force",
                    change.files(),
                    change.devices(),
                    maxImmediate);
            state = now.with(new Held(edited, change, clock.instant()), null);
        } else {
            putInForce(edited, change);
        }
    }

    private Optional<String> complaint(LayerSet edited, LayerChange change) {
        return change.sample().stream()
                .flatMap(mac -> trial.complaint(edited.layers(), mac).stream())
                .findFirst();
    }

    /** Notes that the files cannot be read as they are; what is in force and what is held stay. */
    public synchronized void refuse(String why) {
        State now = state;
        if (!why.equals(now.refusal())) {
            LOG.warn("layer edit refused, what was in force stays: {}", why);
            state = now.with(now.held(), why);
        }
    }

    /**
     * Puts what is held in force; empty when nothing is, and while a change is rolled out.
     *
     * @param alongside is told of the change inside the transaction that keeps it: what it writes is kept with it or not at all
     */
    public synchronized Optional<LayerChange> release(UnitOfWork work, Consumer<LayerChange> alongside) {
        Held held = state.held();
        if (held == null || state.rolling() != null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        work.run(() -> {
            archive.keep(held.edited().files(), now);
            alongside.accept(held.change());
            return held;
        });
        inForce(held.edited(), held.change(), now);
        return Optional.of(held.change());
    }

    private void putInForce(LayerSet edited, LayerChange change) {
        Instant now = clock.instant();
        archive.keep(edited.files(), now);
        inForce(edited, change, now);
    }

    private void inForce(LayerSet edited, LayerChange change, Instant now) {
        state = new State(edited, now, null, null, null);
        LOG.info("layers in force files={} devices={}", change.files(), change.devices());
    }

    /** From now on some devices are given other layers than those in force. What of it is held is not held any more. */
    public synchronized void roll(long rollout, LayerSet edited) {
        State now = state;
        Held held = now.held();
        boolean isHeld = held != null && held.edited().digest().equals(edited.digest());
        LayerChange change = held != null && isHeld ? held.change() : changeTo(edited);
        state = new State(
                now.inForce(), now.since(), isHeld ? null : held, new Rolling(rollout, edited, change), now.refusal());
        LOG.info("layers are rolled out rollout={} files={} devices={}", rollout, change.files(), change.devices());
    }

    /**
     * A change is not rolled out any more. Where it is not through it is held again, unless something later is.
     *
     * @param isThrough whether it is in force for all; it is kept already
     */
    public synchronized void rolledOut(long rollout, boolean isThrough) {
        State now = state;
        Rolling rolling = now.rolling();
        if (rolling == null || rolling.rollout() != rollout) {
            return;
        }
        Held held = now.held();
        Instant time = clock.instant();
        if (isThrough) {
            state = new State(rolling.edited(), time, null, null, now.refusal());
            if (held != null) {
                state = state.with(new Held(held.edited(), changeTo(held.edited()), held.since()), now.refusal());
            }
            LOG.info("layers in force files={} rollout={}", rolling.change().files(), rollout);
        } else {
            Held again = held != null ? held : new Held(rolling.edited(), rolling.change(), time);
            state = new State(now.inForce(), now.since(), again, null, now.refusal());
            LOG.info("layers stay as they were rollout={}", rollout);
        }
    }

    /** Former layers are in force again, kept already; what replaced them is held. */
    public synchronized void restore(LayerSet former) {
        State now = state;
        if (now.rolling() == null && !former.digest().equals(now.inForce().digest())) {
            LayerSet replaced = now.inForce();
            state = new State(former, clock.instant(), null, null, null);
            Held held = now.held() != null ? now.held() : new Held(replaced, changeTo(replaced), clock.instant());
            state = state.with(held, null);
            LOG.info("former layers in force again");
        }
    }

    /** What an edit would change. Changes nothing itself. */
    public LayerChange changeTo(LayerSet edited) {
        LayerSet inForce = state.inForce();
        List<DeviceGroup> changed = new ArrayList<>();
        List<MacAddress> sample = new ArrayList<>();
        for (DeviceGroup group : groups.claimed()) {
            boolean differs = models.named(group.model())
                    .map(model -> !inForce.layers().sameAs(edited.layers(), model, group.place()))
                    .orElse(false);
            if (differs) {
                changed.add(group);
                if (sample.size() < SAMPLE) {
                    sample.addAll(groups.members(group, SAMPLE - sample.size()));
                }
            }
        }
        return new LayerChange(List.copyOf(inForce.differencesTo(edited)), changed, sample);
    }
}
