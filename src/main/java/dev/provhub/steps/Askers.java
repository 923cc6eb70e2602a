package dev.provhub.steps;

import dev.provhub.device.Asked;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRequest;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UserAgentHint;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.PlainText;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Who is behind a request, as the device log has it: what was proven, and what was only said. */
public final class Askers {
    private static final int LONGEST = 120;
    private static final String NOT_SHOWN = "no client certificate";

    private final DeviceModels models;

    /** Needs to know what User-Agents say. */
    public Askers(DeviceModels models) {
        this.models = models;
    }

    /** @param shown what it says that it has applied and runs */
    record Seen(Asker asker, Shown shown) {}

    Seen of(Exchange exchange, DeviceRequest request) {
        Object identity = exchange.getProperty(HubExchange.IDENTITY);
        Asked asked = exchange.getProperty(HubExchange.ASKED, Asked.class);
        Evidence proof = exchange.getProperty(HubExchange.CONTRADICTION, false, Boolean.class)
                ? Evidence.CONTRADICTION
                : Evidence.PROOF;
        if (identity instanceof Identity.ByDirectory owner) {
            return new Seen(
                    asker(request, owner.device().mac(), proof, "its own directory"), shown(asked, request, null));
        }
        UserAgentHint hint = Optional.ofNullable(request.userAgent())
                .flatMap(models::fromUserAgent)
                .orElse(null);
        Shown shown = shown(asked, request, hint);
        if (identity instanceof Identity.ByCertificate certificate) {
            String by = "certificate " + certificate.shown().number() + " of "
                    + certificate.shown().issuer();
            return new Seen(asker(request, certificate.mac(), proof, PlainText.of(by, LONGEST)), shown);
        }
        if (identity instanceof Identity.ForKey granted) {
            return new Seen(asker(request, granted.device().mac(), proof, granted.how()), shown);
        }
        Identity.Nobody nobody = identity instanceof Identity.Nobody known ? known : new Identity.Nobody(NOT_SHOWN);
        if (nobody.contradicts() != null) {
            return new Seen(asker(request, nobody.contradicts(), Evidence.CONTRADICTION, "certificate"), shown);
        }
        return new Seen(hinted(asked, request, hint, nobody.why()), shown);
    }

    /** Whom a request without proof names, by its path, its query or its User-Agent. */
    private static Asker hinted(
            @Nullable Asked asked, DeviceRequest request, @Nullable UserAgentHint hint, String unproven) {
        String refused = unproven.equals(NOT_SHOWN) ? "" : "; " + unproven;
        MacAddress named = asked == null ? null : asked.named().orElse(null);
        if (named != null) {
            return asker(request, named, Evidence.HINT, PlainText.of("MAC in the name" + refused, LONGEST));
        }
        if (hint != null && hint.mac() != null) {
            return asker(request, hint.mac(), Evidence.HINT, PlainText.of("User-Agent" + refused, LONGEST));
        }
        String serial = hint != null && hint.serial() != null ? hint.serial() : request.asked("sn");
        return serial == null
                ? asker(request, null, Evidence.NONE, PlainText.of(unproven.equals(NOT_SHOWN) ? "" : unproven, LONGEST))
                : new Asker(
                        null,
                        PlainText.of(serial, 64),
                        Evidence.HINT,
                        PlainText.of("serial number" + refused, LONGEST),
                        ContactsStep.word(request),
                        request.remote(),
                        userAgent(request));
    }

    private static Asker asker(DeviceRequest request, @Nullable MacAddress mac, Evidence evidence, String by) {
        return new Asker(mac, null, evidence, by, ContactsStep.word(request), request.remote(), userAgent(request));
    }

    private static @Nullable String userAgent(DeviceRequest request) {
        return request.userAgent() == null ? null : PlainText.of(request.userAgent(), LONGEST);
    }

    private static Shown shown(@Nullable Asked asked, DeviceRequest request, @Nullable UserAgentHint hint) {
        if (asked instanceof Asked.OwnProfile own) {
            return new Shown(text(own.appliedRevision()), text(own.runningVersion()));
        }
        String said = request.asked("sw");
        String version = said != null && !said.isEmpty() ? said : hint == null ? null : hint.version();
        return new Shown(null, version == null ? null : PlainText.of(version, 64));
    }

    private static @Nullable String text(String shown) {
        return shown.isEmpty() ? null : PlainText.of(shown, 64);
    }
}
