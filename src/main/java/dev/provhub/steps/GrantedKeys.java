package dev.provhub.steps;

import dev.provhub.config.AddressRange;
import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.KeyGrant;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.MacAddress;
import dev.provhub.device.Transport;
import dev.provhub.pki.CertificateEvidence;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may be given a key although it has shown no good certificate: one that asks with a one-time token, one whose bad certificate
 * the operator has excepted, one at an address of the operator's own. All but the last only over HTTPS.
 */
public final class GrantedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(GrantedKeys.class);

    private final KeyGrants grants;
    private final DeviceRepository devices;
    private final Staging staging;
    private final Clock clock;

    /**
     * Where phones are prepared before they are sent out.
     *
     * @param ranges   addresses from which a MAC address in a name is believed; none by default
     * @param inClear  whether the key may go there over plain HTTP and TFTP too
     */
    public record Staging(List<AddressRange> ranges, boolean inClear) {
        /** Copies the list. */
        public Staging {
            ranges = List.copyOf(ranges);
        }

        boolean holds(String address) {
            return AddressRange.literal(address)
                    .filter(known -> ranges.stream().anyMatch(range -> range.contains(known)))
                    .isPresent();
        }
    }

    /** Needs the grants, the devices and the addresses of the operator's own. */
    public GrantedKeys(KeyGrants grants, DeviceRepository devices, Staging staging, Clock clock) {
        this.grants = grants;
        this.devices = devices;
        this.staging = staging;
        this.clock = clock;
    }

    /** By a one-time token: good until the device asks at its new directory, or until its time is over. */
    Identity byToken(Asked.KeyByToken asked, DeviceRequest request) {
        if (request.transport() != Transport.HTTPS) {
            return new Identity.Nobody("a token is taken over HTTPS only");
        }
        Optional<KeyGrant> grant = grants.withToken(asked.token()).filter(found -> found.isGoodAt(clock.instant()));
        MacAddress mac = grant.map(KeyGrant::mac).orElse(null);
        return mac == null
                ? new Identity.Nobody("no such token, or its time is over")
                : known(mac, "one-time token " + grant.get().id());
    }

    /** From an address of the operator's own, what a name says is believed. */
    Identity withoutCertificate(Asked asked, DeviceRequest request) {
        Identity.Nobody nobody = new Identity.Nobody("no client certificate");
        if (staging.ranges().isEmpty()
                || !(asked instanceof Asked.NextStep)
                || asked.named().isEmpty()
                || (request.transport() != Transport.HTTPS && !staging.inClear())
                || !staging.holds(request.address())) {
            return nobody;
        }
        return known(asked.named().get(), "staging address " + request.address());
    }

    /** With a certificate that is not taken, but for which an exception was made. */
    Identity withRejected(CertificateEvidence.Rejected evidence, Asked asked, DeviceRequest request) {
        Identity.Nobody nobody = new Identity.Nobody("certificate not taken: " + evidence.reason());
        if (!evidence.exemptible()
                || !(asked instanceof Asked.NextStep)
                || asked.named().isEmpty()) {
            return nobody;
        }
        String serial = request.asked("sn");
        List<KeyGrant> made = grants.exceptionsOf(asked.named().get());
        Optional<KeyGrant> good = made.stream()
                .filter(grant -> grant.isGoodAt(clock.instant()) && serial != null && serial.equals(grant.serial()))
                .findFirst();
        return good.isEmpty() ? nobody : used(good.get(), asked.named().get(), request);
    }

    private Identity used(KeyGrant grant, MacAddress mac, DeviceRequest request) {
        String before = grant.usedFrom();
        if (before == null) {
            grants.change(new KeyGrant(
                    grant.id(), grant.kind(), mac, grant.serial(), grant.until(), request.address(), null));
        } else if (!before.equals(request.address())) {
            String fault = "used from " + before + " and from " + request.address();
            grants.change(new KeyGrant(grant.id(), grant.kind(), mac, grant.serial(), grant.until(), before, fault));
            LOG.warn("Exception is void device={} why={}", mac, fault);
            return Identity.Nobody.contradicted(mac, "the exception for its certificate is void: " + fault);
        }
        return known(mac, "exception " + grant.id());
    }

    private Identity known(MacAddress mac, String how) {
        return devices.findByMac(mac)
                .filter(Device::claimed)
                .<Identity>map(device -> new Identity.ForKey(device, how))
                .orElseGet(() -> new Identity.Nobody(how + ", but nobody has claimed " + mac));
    }
}
