package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.Device.Standing;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.DeviceState;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.UserAgentHint;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code keys}: what a device is given and what it shows that it holds. */
public final class KeysStep {
    private static final Logger LOG = LoggerFactory.getLogger(KeysStep.class);

    /** A revision of ours, or a firmware version of any family. */
    private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9._()-]{1,64}");

    private final DeviceRepository devices;
    private final DeviceModels models;
    private final KeyGrants grants;
    private final BiConsumer<Device, Device> confirmed;
    private final Supplier<DeviceKey> newKeys;

    /**
     * Needs the devices, and what was granted to them.
     *
     * @param models    say what a User-Agent means
     * @param confirmed is told of a device before and after it has shown what it has applied
     * @param newKeys   gives a new random key and directory
     */
    public KeysStep(
            DeviceRepository devices,
            DeviceModels models,
            KeyGrants grants,
            BiConsumer<Device, Device> confirmed,
            Supplier<DeviceKey> newKeys) {
        this.grants = grants;
        this.devices = devices;
        this.models = models;
        this.confirmed = confirmed;
        this.newKeys = newKeys;
    }

    /**
     * Makes the device KEYED: a new key when it never had one, else the pending pair or the one in force. What it had
     * applied is forgotten, because a device that asks here has lost it.
     */
    public void handOver(Exchange exchange) {
        Device asked = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        String running = shownVersion(HubExchange.required(exchange, HubExchange.REQUEST, DeviceRequest.class));
        Device keyed = devices.change(
                asked.mac(), DeviceRepository.Change.ofExisting(asked.mac(), device -> keyed(device, running)));
        exchange.setProperty(HubExchange.DEVICE, keyed);
    }

    /**
     * Makes sure that the device has a pair to be handed over, and leaves all else as it is: that it was given a profile which
     * only it can read is no proof that it has read it.
     */
    public void prepare(Exchange exchange) {
        Device asked = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        Device prepared = devices.change(
                asked.mac(),
                DeviceRepository.Change.ofExisting(
                        asked.mac(),
                        device -> device.standing().keys().current() != null
                                ? device
                                : device.withStanding(
                                        device.standing().prepared(new DeviceKeys(newKeys.get(), null)))));
        exchange.setProperty(HubExchange.DEVICE, prepared);
    }

    /** The version in the way home, else in the User-Agent: who asks has proven who he is. */
    private @Nullable String shownVersion(DeviceRequest request) {
        String asked = request.asked("sw");
        String told = asked != null
                ? asked
                : Optional.ofNullable(request.userAgent())
                        .flatMap(models::fromUserAgent)
                        .map(UserAgentHint::version)
                        .orElse(null);
        return told == null ? null : plausible(told);
    }

    private Device keyed(Device device, @Nullable String running) {
        Standing before = device.standing();
        Standing standing = running == null ? before : before.running(running);
        DeviceKeys keys = standing.keys().current() == null ? new DeviceKeys(newKeys.get(), null) : standing.keys();
        if (standing.state() == DeviceState.KEYED
                && keys.equals(standing.keys())
                && standing.appliedRevision() == null
                && standing.equals(before)) {
            return device;
        }
        LOG.info("Device keyed device={} before={}", device.mac(), standing.state());
        return device.withStanding(standing.keyed(keys));
    }

    /**
     * {@code hubDevice}, which nobody claims any more, has come home: its key and directory end, so that whoever it belongs to
     * next gets others.
     */
    public void end(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        if (device.standing().leftAt() != null && device.standing().keys().current() != null) {
            Device ended = devices.change(
                    device.mac(), DeviceRepository.Change.ofExisting(device.mac(), KeysStep::withoutKeys));
            LOG.info("Device came home and holds no key any more device={}", device.mac());
            exchange.setProperty(HubExchange.DEVICE, ended);
        }
    }

    /** Claimed again in between, it keeps them. */
    private static Device withoutKeys(Device device) {
        return device.claimed() ? device : device.withStanding(device.standing().withoutKeys());
    }

    /**
     * Takes from the path what the device has applied and which firmware it runs. A device that asks at its pending
     * directory has taken over the new key; the old one ends.
     */
    public void confirm(Exchange exchange) {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        Asked.OwnProfile path = HubExchange.required(exchange, HubExchange.ASKED, Asked.OwnProfile.class);
        if (!confirmed(device, path).equals(device)) {
            Device after = devices.change(
                    device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> confirmed(now, path)));
            confirmed.accept(device, after);
            if (device.standing().state() != DeviceState.SECURED) {
                grants.endOf(device.mac());
            }
            exchange.setProperty(HubExchange.DEVICE, after);
        }
    }

    private static Device confirmed(Device device, Asked.OwnProfile path) {
        Standing before = device.standing();
        Standing after = before.secured(
                plausible(path.appliedRevision()),
                plausible(path.runningVersion()),
                keysAfter(before.keys(), path.directory()));
        return after.equals(before) ? device : device.withStanding(after);
    }

    private static DeviceKeys keysAfter(DeviceKeys keys, String directory) {
        DeviceKey pending = keys.pending();
        return pending != null && pending.directory().equals(directory) ? new DeviceKeys(pending, null) : keys;
    }

    /** What no phone would send is not kept; empty is what one sends that has applied nothing. */
    private static @Nullable String plausible(String text) {
        return PLAUSIBLE.matcher(text).matches() ? text : null;
    }
}
