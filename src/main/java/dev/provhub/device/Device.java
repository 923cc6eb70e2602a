package dev.provhub.device;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One physical phone or adapter, as the hub knows it.
 *
 * @param mac      its name
 * @param model    name of its {@link DeviceModel} in {@code config/models.yaml}
 * @param serial   null until an order or its certificate tells
 * @param claimed  whether an order, an import or the administration has named it; an unclaimed device has only shown itself
 * @param place    tenant, plan and time zone
 * @param settings the device's own layer: parameters and settings by name, unexpanded
 * @param lines    in order of their numbers, each number once
 * @param standing what the hub and the device have agreed on so far
 */
public record Device(
        MacAddress mac,
        String model,
        @Nullable String serial,
        boolean claimed,
        Place place,
        Map<String, String> settings,
        List<Line> lines,
        Standing standing) {

    /** @throws IllegalArgumentException when two lines have the same number */
    public Device {
        settings = Map.copyOf(settings);
        lines = lines.stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
        if (lines.stream().map(Line::number).distinct().count() != lines.size()) {
            throw new IllegalArgumentException("device " + mac + " has two lines of the same number");
        }
    }

    /**
     * Where a device belongs.
     *
     * @param tenant   null for the provider's default
     * @param plan     null for none
     * @param timeZone IANA name; null for the hub's own
     */
    public record Place(
            @Nullable String tenant,
            @Nullable String plan,
            @Nullable String timeZone) {
        /** No tenant, no plan, no time zone. */
        public static final Place DEFAULT = new Place(null, null, null);
    }

    /**
     * How the device stands with the hub.
     *
     * @param state           how far it has come
     * @param revision        number of the device's own data, from 1, plus one with each change of it
     * @param appliedRevision what the device last brought back in its path, e.g. {@code 4.9f3a0c12d1}; null when it has
     *                        applied nothing since it was keyed
     * @param runningVersion  firmware version that it last told under proof or brought back in its path; null when unknown
     * @param keys            its keys
     * @param seed            random text from which the device's derived secrets are made; secret
     * @param given           what it was last given, and what it may hold
     * @param leftAt          since when it is the provider's no more; null while it is, and for one that never was
     * @param rolled          what rollouts have given it
     */
    public record Standing(
            DeviceState state,
            long revision,
            @Nullable String appliedRevision,
            @Nullable String runningVersion,
            DeviceKeys keys,
            String seed,
            Given given,
            @Nullable Instant leftAt,
            Rolled rolled) {

        /** One to which no rollout has given anything. */
        public Standing(
                DeviceState state,
                long revision,
                @Nullable String appliedRevision,
                @Nullable String runningVersion,
                DeviceKeys keys,
                String seed,
                Given given,
                @Nullable Instant leftAt) {
            this(state, revision, appliedRevision, runningVersion, keys, seed, given, leftAt, Rolled.NOTHING);
        }

        /** A device that has only just become known. */
        public static Standing first(String seed) {
            return new Standing(DeviceState.NEW, 1, null, null, DeviceKeys.NONE, seed, Given.NOTHING, null);
        }

        /** The same with the next revision of its data. */
        public Standing nextRevision() {
            return new Standing(
                    state, revision + 1, appliedRevision, runningVersion, keys, seed, given, leftAt, rolled);
        }

        /** The same with the next revision, to take over the pending pair of keys. */
        public Standing rotating(DeviceKeys withKeys) {
            return new Standing(
                    state, revision + 1, appliedRevision, runningVersion, withKeys, seed, given, leftAt, rolled);
        }

        /** The same with a pair of keys that it may be given. */
        public Standing prepared(DeviceKeys withKeys) {
            return new Standing(
                    state, revision, appliedRevision, runningVersion, withKeys, seed, given, leftAt, rolled);
        }

        /** The same, having been given a key; what it had applied is forgotten. */
        public Standing keyed(DeviceKeys withKeys) {
            return new Standing(
                    DeviceState.KEYED, revision, null, runningVersion, withKeys, seed, given, leftAt, rolled);
        }

        /** The same, having told which firmware it runs. */
        public Standing running(@Nullable String version) {
            return new Standing(state, revision, appliedRevision, version, keys, seed, given, leftAt, rolled);
        }

        /** The same, having asked at its own directory. */
        public Standing secured(@Nullable String applied, @Nullable String running, DeviceKeys withKeys) {
            return new Standing(
                    DeviceState.SECURED,
                    revision,
                    applied,
                    running,
                    withKeys,
                    seed,
                    given.confirmedBy(applied),
                    leftAt,
                    rolled);
        }

        /** The same, holding no key: as before the first keying. */
        public Standing withoutKeys() {
            return new Standing(
                    DeviceState.NEW, revision, null, runningVersion, DeviceKeys.NONE, seed, given, leftAt, rolled);
        }

        /** The same with other keys, and nothing else changed. */
        public Standing with(DeviceKeys other) {
            return new Standing(state, revision, appliedRevision, runningVersion, other, seed, given, leftAt, rolled);
        }

        /** The same, having been given a profile. */
        public Standing with(Given other) {
            return new Standing(state, revision, appliedRevision, runningVersion, keys, seed, other, leftAt, rolled);
        }

        /** The same, the provider's no more since a time, or again for null. */
        public Standing left(@Nullable Instant at) {
            return new Standing(state, revision, appliedRevision, runningVersion, keys, seed, given, at, rolled);
        }

        /** The same, having been given something by a rollout. */
        public Standing with(Rolled other) {
            return new Standing(state, revision, appliedRevision, runningVersion, keys, seed, given, leftAt, other);
        }

        /** The number of a revision as a device brings it back; 0 for what is none. */
        public static long numberOf(@Nullable String revision) {
            return revision != null && revision.matches("[0-9]{1,18}[.].*")
                    ? Long.parseLong(revision.substring(0, revision.indexOf('.')))
                    : 0;
        }

        /** Leaves the seed and the keys out. */
        @Override
        public String toString() {
            return "Standing[" + state + " revision " + revision + " applied " + appliedRevision + "]";
        }
    }

    /**
     * What a device was given. A profile changes what it names and nothing else, so a device may hold more than the profile
     * that it was given last.
     *
     * @param revision of the profile that it was given last; null when it was given none
     * @param names    the set of parameters that this profile set, as {@link ParameterSets} name it; null with none
     * @param mayHold  the set of parameters that the device may hold because of us; null for none
     */
    public record Given(
            @Nullable String revision,
            @Nullable String names,
            @Nullable String mayHold) {
        /** Of a device that was given nothing. */
        public static final Given NOTHING = new Given(null, null, null);

        /** A device that has applied what it was given last holds just what that named. */
        Given confirmedBy(@Nullable String applied) {
            return revision != null && revision.equals(applied) ? new Given(revision, names, names) : this;
        }
    }

    /**
     * What rollouts have given a device, in place of what layers say.
     *
     * @param version the firmware version it is to run; null when no rollout says so
     * @param down    whether it is to go down to that when it runs a later one
     * @param by      number of the rollout that says so; null where that is not known, or none does
     * @param layers  number of the rollout whose layers it is given for as long as that is under way; null for those in force
     */
    public record Rolled(
            @Nullable String version,
            boolean down,
            @Nullable Long by,
            @Nullable Long layers) {
        /** Of a device that no rollout has reached. */
        public static final Rolled NOTHING = new Rolled(null, false, null, null);

        /** The same with another version to run, as a rollout says. */
        public Rolled toVersion(String other, boolean mayGoDown, long rollout) {
            return new Rolled(other, mayGoDown, rollout, layers);
        }

        /**
         * The same with a version that it was to run before.
         *
         * @param former  null for what layers say
         * @param rollout which had said so; null where that is not known
         */
        public Rolled backToVersion(@Nullable String former, @Nullable Long rollout) {
            return new Rolled(former, false, rollout, layers);
        }

        /** The same with the layers of a rollout; null for those in force. */
        public Rolled toLayers(@Nullable Long rollout) {
            return new Rolled(version, down, by, rollout);
        }
    }

    /** The same device with another standing. */
    public Device withStanding(Standing changed) {
        return new Device(mac, model, serial, claimed, place, settings, lines, changed);
    }

    /** The line of this number. */
    public Optional<Line> line(int number) {
        return lines.stream().filter(line -> line.number() == number).findFirst();
    }

    /** The lines that the device is given: those that are not suspended. */
    public List<Line> servedLines() {
        return lines.stream().filter(line -> !line.suspended()).toList();
    }

    @Override
    public String toString() {
        return "Device[" + mac + " " + model + "]";
    }
}
