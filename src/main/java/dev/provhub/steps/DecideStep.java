package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.KeyWays;
import dev.provhub.device.Transport;
import dev.provhub.pki.RevocationList;
import dev.provhub.profile.TenantAddresses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Step {@code decide}: from what was asked and what was proven to what is answered. Without proof the decision rests on
 * the request alone and never on what the hub knows of devices, so that there is nothing to find out by asking.
 */
public final class DecideStep {
    private final DeviceModels models;
    private final ProvenDevices proven;
    private final RevocationList revoked;
    private final TargetedKeys targeted;
    private final TenantAddresses tenants;
    private final KeyWays ways;
    private final Duration wipeFor;
    private final Clock clock;

    /**
     * Needs the models, who is known behind a certificate, who is believed no more, and who may be given a targeted profile.
     *
     * @param tenants says which tenant a request names
     * @param ways    which ways to a key the settings leave open
     * @param wipeFor for how long a device that left is told to give everything back
     */
    public DecideStep(
            DeviceModels models,
            ProvenDevices proven,
            RevocationList revoked,
            TargetedKeys targeted,
            TenantAddresses tenants,
            KeyWays ways,
            Duration wipeFor,
            Clock clock) {
        this.tenants = tenants;
        this.ways = ways;
        this.models = models;
        this.proven = proven;
        this.revoked = revoked;
        this.targeted = targeted;
        this.wipeFor = wipeFor;
        this.clock = clock;
    }

    /** From {@code hubAsked} and {@code hubIdentity} to {@code hubKind}, {@code hubReason}, {@code hubDevice}, {@code hubModel}. */
    public void decide(Exchange exchange) {
        Asked asked = HubExchange.required(exchange, HubExchange.ASKED, Asked.class);
        Identity identity = HubExchange.required(exchange, HubExchange.IDENTITY, Identity.class);
        DeviceRequest request = HubExchange.required(exchange, HubExchange.REQUEST, DeviceRequest.class);
        boolean busy = exchange.getProperty(HubExchange.BUSY, false, Boolean.class);
        Decision decision = busy
                ? Decision.busy("asks too often")
                : asked instanceof Asked.Report
                        ? report(identity, exchange.getProperty(HubExchange.UPLOAD) != null)
                        : decide(asked, identity, request);
        decision.writeTo(exchange);
    }

    private Decision decide(Asked asked, Identity identity, DeviceRequest request) {
        if (asked instanceof Asked.OwnProfile own) {
            return own.aes128gcm() && request.transport() == Transport.TFTP
                    ? Decision.nothing("aes128gcm is given over HTTP only")
                    : profile(identity);
        } else if (asked instanceof Asked.NextStep step) {
            return nextStep(step, identity, request);
        } else if (asked instanceof Asked.KeyByToken) {
            return identity instanceof Identity.ForKey granted ? forKey(granted) : noProof(identity);
        } else if (asked instanceof Asked.DefaultPath path) {
            return defaultPath(path, identity, request);
        } else if (asked instanceof Asked.RemoteCustomization customization) {
            return withoutProof(
                    "remote customization",
                    modelOf(null, request),
                    tenants.named(customization.tenant())
                            .or(() -> tenants.atHost(request.host()))
                            .orElse(null));
        } else if (asked instanceof Asked.Firmware image) {
            return request.transport() == Transport.HTTPS
                    ? Decision.nothing("firmware is not given over HTTPS")
                    : Decision.file(Decision.Kind.FIRMWARE, "firmware by name", image.fileName());
        } else if (asked instanceof Asked.Certificate certificate) {
            return Decision.file(Decision.Kind.CERTIFICATE, "CA file by name", certificate.name());
        } else if (asked instanceof Asked.Foreign foreign) {
            return Decision.nothing(foreign.why());
        }
        return Decision.nothing("no request rule knows this name");
    }

    private Decision report(Identity identity, boolean isUpload) {
        if (!(identity instanceof Identity.ByDirectory owner)) {
            return noProof(identity);
        }
        if (!isUpload) {
            return Decision.nothing("a report is sent, not asked for");
        }
        Optional<String> revocation = revoked.ofDevice(owner.device().mac());
        if (revocation.isPresent() || !owner.device().claimed()) {
            return Decision.nothing("a report of a device that is "
                    + revocation.map(why -> "revoked: " + why).orElse("nobody's any more"));
        }
        return provisionable(owner.device())
                .map(model -> Decision.of(Decision.Kind.REPORT, "its own directory", owner.device(), model))
                .orElseGet(() -> Decision.nothing("model " + owner.device().model() + " takes no profile"));
    }

    private Decision profile(Identity identity) {
        if (!(identity instanceof Identity.ByDirectory owner)) {
            return noProof(identity);
        }
        Device device = owner.device();
        Optional<DeviceModel> model = provisionable(device);
        if (model.isEmpty()) {
            return Decision.nothing("model " + device.model() + " takes no profile");
        }
        Optional<String> revocation = revoked.ofDevice(device.mac());
        if (revocation.isPresent()) {
            return Decision.of(
                    Decision.Kind.WIPE, "own directory, but revoked: " + revocation.get(), device, model.get());
        }
        if (device.claimed()) {
            return Decision.of(Decision.Kind.PROFILE, "own directory", device, model.get());
        }
        Instant left = device.standing().leftAt();
        return left == null || clock.instant().isBefore(left.plus(wipeFor))
                ? Decision.of(Decision.Kind.WIPE, "own directory, but nobody claims it any more", device, model.get())
                : Decision.nothing("left " + left + ", longer ago than hub.wipe.days");
    }

    private Decision nextStep(Asked.NextStep step, Identity identity, DeviceRequest request) {
        if (identity instanceof Identity.ForKey granted) {
            return forKey(granted);
        }
        if (request.transport() == Transport.HTTPS && identity instanceof Identity.ByCertificate certificate) {
            return underProof(certificate);
        }
        return targeted.deviceFor(step)
                .map(device -> Decision.of(
                        Decision.Kind.TARGETED,
                        "a window for targeted profiles is open",
                        device,
                        provisionable(device).orElseThrow()))
                .orElseGet(() -> request.transport() == Transport.HTTPS
                        ? noProof(identity)
                        : Decision.nothing("the next step is given over HTTPS only"));
    }

    private static Decision noProof(Identity identity) {
        if (identity instanceof Identity.Nobody nobody) {
            return nobody.contradicts() == null ? Decision.nothing(nobody.why()) : Decision.contradiction(nobody.why());
        }
        return Decision.nothing("no proof for this");
    }

    /** Whatever stands in for a good certificate gives the key, and nothing else. */
    private Decision forKey(Identity.ForKey granted) {
        return provisionable(granted.device())
                .map(model -> Decision.of(Decision.Kind.KEY, granted.how(), granted.device(), model))
                .orElseGet(() -> Decision.nothing("model " + granted.device().model() + " takes no profile"));
    }

    private Decision underProof(Identity.ByCertificate certificate) {
        Proven found = proven.deviceOf(certificate);
        if (!(found instanceof Proven.Known known)) {
            Proven.Refused refused = (Proven.Refused) found;
            String reason = "proven as " + certificate.mac() + ", but " + refused.why();
            if (refused.equals(Proven.Refused.UNKNOWN_MODEL)) {
                return Decision.nothing(reason).ofUnknownModel();
            }
            return refused.contradiction() ? Decision.contradiction(reason) : Decision.nothing(reason);
        }
        Device device = known.device();
        Optional<DeviceModel> templated = models.find(device.model()).filter(model -> model.templates() != null);
        if (templated.isPresent()) {
            return device.claimed()
                    ? Decision.template("proven by certificate", device, templated.get())
                    : Decision.nothing("proven, but nobody has claimed it");
        }
        Optional<DeviceModel> model = provisionable(device);
        if (model.isEmpty()) {
            return Decision.nothing("model " + device.model() + " takes no profile");
        }
        return device.claimed()
                ? Decision.of(Decision.Kind.KEY, "proven by certificate", device, model.get())
                : Decision.of(Decision.Kind.BOOTSTRAP, "proven, but nobody has claimed it", device, model.get());
    }

    private Decision defaultPath(Asked.DefaultPath path, Identity identity, DeviceRequest request) {
        if (request.transport() == Transport.HTTPS && identity instanceof Identity.ByCertificate certificate) {
            return underProof(certificate);
        }
        boolean unknownModel = namesUnknownModel(path, request);
        Decision decision = withoutProof(
                unknownModel ? "default path, its User-Agent names no known model" : "default path",
                modelOf(path.model(), request),
                tenants.atHost(request.host()).orElse(null));
        return unknownModel ? decision.ofUnknownModel() : decision;
    }

    private Decision withoutProof(String asked, @Nullable DeviceModel model, @Nullable String tenant) {
        if (model != null && model.templates() != null) {
            return model.templates().bootstrap() == null
                    ? Decision.nothing("model " + model.name() + " is told nothing before it proves itself")
                    : Decision.template(asked, null, model);
        }
        if (model != null && model.provisioning() == null) {
            return Decision.nothing("model " + model.name() + " takes no profile: " + model.notProvisionable());
        }
        String whose = tenant == null ? "" : ", tenant " + tenant;
        String reason = model == null ? asked + ", no model told, generic bootstrap" : asked;
        String obstacle = Optional.ofNullable(model)
                .flatMap(ways::obstacle)
                .map(why -> ", but " + why)
                .orElse("");
        return Decision.bootstrap(reason + whose + obstacle, model, tenant);
    }

    private boolean namesUnknownModel(Asked.DefaultPath path, DeviceRequest request) {
        return path.model() == null
                && request.userAgent() != null
                && models.fromUserAgent(request.userAgent())
                        .filter(hint -> hint.model() == null)
                        .isPresent();
    }

    private @Nullable DeviceModel modelOf(@Nullable DeviceModel named, DeviceRequest request) {
        if (named != null || request.userAgent() == null) {
            return named;
        }
        return models.fromUserAgent(request.userAgent())
                .flatMap(hint -> Optional.ofNullable(hint.model()))
                .orElse(null);
    }

    private Optional<DeviceModel> provisionable(Device device) {
        return models.find(device.model()).filter(model -> model.provisioning() != null);
    }
}
