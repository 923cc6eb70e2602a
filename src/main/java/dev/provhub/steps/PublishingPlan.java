package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PublishedProfiles.Published;
import dev.provhub.profile.ProfileComposer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what should become of the files of one device. Each pair of keys has a file of its own: during a rotation the old one
 * hands over the new pair and the new one is there before the device asks for it. A file whose device was told to ask elsewhere
 * is kept in step for a while. A device that left has its wipe profile there for as long as the hub itself would serve it.
 *
 * @param overlap how long a file stays that its device was told to leave
 * @param wipeFor how long a device that left is told to give everything back
 */
record PublishingPlan(DeviceModels models, ProfileComposer composer, Duration overlap, Duration wipeFor) {
    /**
     * What to do.
     *
     * @param files   files to write or take away
     * @param seen    what is to be kept of directories that have no file and need none
     * @param promote whether the pending pair has been there for long enough to be the one in force
     */
    record Work(List<Publication> files, List<Published> seen, boolean promote) {}

    /**
     * The work on one device.
     *
     * @param found  the device; empty when it is gone
     * @param known  what is known of its directories
     * @param exists whether a file of this directory is on the server as far as can be seen
     */
    Work of(MacAddress mac, Optional<Device> found, List<Published> known, Predicate<String> exists, Instant now) {
        Work work = new Work(new ArrayList<>(), new ArrayList<>(), mayPromote(found, known, now));
        Map<String, Published> byDirectory = new HashMap<>();
        known.forEach(published -> byDirectory.put(published.directory(), published));
        Optional<DeviceModel> model =
                found.flatMap(device -> models.named(device.model())).filter(kind -> kind.provisioning() != null);
        if (found.isPresent() && model.isPresent()) {
            for (DeviceKey pair : pairs(found.get())) {
                Published before = Optional.ofNullable(byDirectory.remove(pair.directory()))
                        .orElseGet(() -> unseen(mac, pair, now));
                plan(new Place(found.get(), model.get(), pair, before), exists, now, work);
            }
        }
        byDirectory.values().forEach(gone -> work.files().add(Publication.removal(gone, null)));
        return work;
    }

    private static List<DeviceKey> pairs(Device device) {
        DeviceKeys keys = device.standing().keys();
        return Stream.of(Optional.ofNullable(keys.current()), Optional.ofNullable(keys.pending()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Published unseen(MacAddress mac, DeviceKey pair, Instant now) {
        return new Published(mac, pair.directory(), false, null, 0, false, now, null);
    }

    private boolean mayPromote(Optional<Device> found, List<Published> known, Instant now) {
        DeviceKey pending =
                found.map(device -> device.standing().keys().pending()).orElse(null);
        return pending != null
                && known.stream()
                        .anyMatch(published -> published.directory().equals(pending.directory())
                                && published.file()
                                && published.revision() != null
                                && published.removed() == null
                                && published.since().plus(overlap).isBefore(now));
    }

    /** One pair of one device. */
    private record Place(Device device, DeviceModel model, DeviceKey pair, Published before) {
        Published after(boolean file, @Nullable String revision, Instant since, @Nullable Instant removed) {
            return new Published(
                    device.mac(),
                    pair.directory(),
                    file,
                    revision,
                    device.standing().revision(),
                    device.claimed(),
                    since,
                    removed);
        }

        /** The device as if this pair alone were its own, which decides what the file is sealed with. */
        Device asOwner() {
            Device.Standing standing = device.standing();
            return pair.equals(standing.keys().current())
                    ? device
                    : device.withStanding(standing.with(new DeviceKeys(pair, null)));
        }
    }

    private void plan(Place place, Predicate<String> exists, Instant now, Work work) {
        if (place.device().claimed()) {
            planProfile(place, exists, now, work);
        } else {
            planWipe(place, exists, now, work);
        }
    }

    private void planProfile(Place place, Predicate<String> exists, Instant now, Work work) {
        Published before = place.before();
        Instant removed = null;
        if (!composer.isPublished(place.device(), place.model())) {
            removed = before.removed() == null ? now : before.removed();
            if (!before.file() || !now.isBefore(removed.plus(overlap))) {
                away(place, now, work);
                return;
            }
        }
        String revision = composer.revision(place.device(), place.model());
        Instant since = before.file() ? before.since() : now;
        Published after = place.after(true, revision, since, removed);
        write(Publication.What.PROFILE, place, after, exists, work);
    }

    private void planWipe(Place place, Predicate<String> exists, Instant now, Work work) {
        Instant left = place.device().standing().leftAt();
        if (!place.before().file() || left == null || !now.isBefore(left.plus(wipeFor))) {
            away(place, now, work);
            return;
        }
        String revision = "wipe." + place.device().standing().revision();
        write(
                Publication.What.WIPE,
                place,
                place.after(true, revision, place.before().since(), null),
                exists,
                work);
    }

    private static void write(
            Publication.What what, Place place, Published after, Predicate<String> exists, Work work) {
        Published before = place.before();
        if (!String.valueOf(after.revision()).equals(before.revision()) || !exists.test(before.directory())) {
            work.files().add(new Publication(what, place.asOwner(), place.model(), before, after));
        } else if (!after.equals(before)) {
            work.seen().add(after);
        }
    }

    private static void away(Place place, Instant now, Work work) {
        Published after = place.after(false, null, now, null);
        if (place.before().file()) {
            work.files().add(Publication.removal(place.before(), after));
        } else if (place.before().deviceRevision() != after.deviceRevision()
                || place.before().claimed() != after.claimed()) {
            work.seen().add(after);
        }
    }
}
