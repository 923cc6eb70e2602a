package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Kind;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.devicelog.PlainText;
import dev.provhub.pki.RevocationList;
import dev.provhub.silence.Silences;
import dev.provhub.silence.SilentDevice;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a device stands, for who reads its log: what no event says, because nothing happens. */
public final class DeviceStates {
    private final Silences silences;
    private final RevocationList revoked;
    private final Clock clock;

    /** Needs to know who is silent, and who is believed no more. */
    public DeviceStates(Silences silences, RevocationList revoked, Clock clock) {
        this.silences = silences;
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * What is to be said now.
     *
     * @param device as the hub knows it; empty when it does not
     */
    List<DeviceEvent> of(MacAddress mac, Optional<Device> device) {
        List<DeviceEvent> states = new ArrayList<>();
        revoked.ofDevice(mac).ifPresent(why -> states.add(state(mac, "revoked", PlainText.of(why, 200))));
        Optional<SilentDevice> silent = silences.find(mac);
        Optional<Instant> last = silences.lastContact(mac);
        if (silent.isPresent()
                && last.filter(heard -> heard.isAfter(silent.get().since())).isEmpty()) {
            states.add(state(
                    mac,
                    "silent",
                    "nothing heard since " + silent.get().since() + " (its period is "
                            + silent.get().period().toSeconds() + " s)"));
        } else if (device.filter(Device::claimed).isPresent() && last.isEmpty()) {
            states.add(state(mac, "never heard of", "it is claimed, and has never proven itself here"));
        }
        return states;
    }

    private DeviceEvent state(MacAddress mac, String outcome, String reason) {
        return new DeviceEvent(
                clock.instant(),
                Kind.STATE,
                new Asker(mac, null, Evidence.NONE, "the hub", "", "", null),
                "state",
                new Verdict(outcome, "", reason),
                Given.NOTHING,
                Shown.NOTHING);
    }
}
