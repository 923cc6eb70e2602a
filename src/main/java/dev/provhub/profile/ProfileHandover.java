package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.Device.Given;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.ParameterSets;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gives devices their profiles and remembers what each may hold. A profile changes what it names and nothing else on the
 * phone, so a parameter that is no longer set is written with its default until the device has applied that. Thread-safe.
 */
public final class ProfileHandover {
    private static final DeviceKey NOBODYS = new DeviceKey("0".repeat(64), "a".repeat(26));

    private final ProfileComposer composer;
    private final DeviceRepository devices;
    private final ParameterSets sets;
    private final GivenProfiles given;
    private final UnitOfWork work;
    private final Clock clock;

    /** Needs who composes, and where it is remembered. */
    public ProfileHandover(
            ProfileComposer composer,
            DeviceRepository devices,
            ParameterSets sets,
            GivenProfiles given,
            UnitOfWork work,
            Clock clock) {
        this.composer = composer;
        this.devices = devices;
        this.sets = sets;
        this.given = given;
        this.work = work;
        this.clock = clock;
    }

    /** What a device would be given now; one without a key is shown with one that is nobody's. Changes nothing. */
    public Profile preview(Device device, DeviceModel model) {
        return model.templates() == null
                ? composer.full(keyedForPreview(device), model, mayHold(device))
                : composer.templated(device, model);
    }

    /** The device, with a key that is nobody's if it was never given one; a preview masks it anyway. */
    public static Device keyedForPreview(Device device) {
        Device.Standing standing = device.standing();
        return standing.keys().current() == null
                ? device.withStanding(standing.keyed(new DeviceKeys(NOBODYS, null)))
                : device;
    }

    /** What a device is given now; remembered when it differs from what the device was given before. */
    public Profile full(Device device, DeviceModel model) {
        Profile profile = composer.full(device, model, mayHold(device));
        String revision = Objects.requireNonNull(profile.revision(), "a full profile has a revision");
        if (!revision.equals(device.standing().given().revision())) {
            work.run(() -> {
                remember(device, profile, revision);
                given.keep(device.mac(), profile, clock.instant());
                return revision;
            });
        }
        return profile;
    }

    private void remember(Device device, Profile profile, String revision) {
        Set<String> names = profile.values().stream()
                .filter(value -> !value.origin().equals(Origin.TAKEN_AWAY))
                .map(ProfileValue::name)
                .collect(Collectors.toSet());
        String set = sets.nameOf(names);
        devices.change(device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> {
            Set<String> all = new TreeSet<>(mayHold(now));
            all.addAll(names);
            return now.withStanding(now.standing().with(new Given(revision, set, sets.nameOf(all))));
        }));
    }

    /** Notes what a device has just shown that it has applied, when that is new. */
    public void confirmed(Device before, Device after) {
        String applied = after.standing().appliedRevision();
        if (applied != null && !applied.equals(before.standing().appliedRevision())) {
            work.run(() -> {
                given.applied(after.mac(), applied, clock.instant());
                return applied;
            });
        }
    }

    /** What takes everything back from a device that is the provider's no more. */
    public Profile wipe(Device device, DeviceModel model) {
        return composer.wipe(device, model, mayHold(device));
    }

    /** What a proven device is told that nobody has claimed: what it may hold from former times is taken back. */
    public Profile unclaimed(Device device, DeviceModel model) {
        return composer.unclaimed(device, model, mayHold(device));
    }

    private Set<String> mayHold(Device device) {
        return sets.named(device.standing().given().mayHold());
    }
}
