package dev.provhub.steps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.FlatProfileWriter;
import dev.provhub.profile.GivenProfile;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileDifference;
import dev.provhub.profile.ProfileException;
import dev.provhub.profile.ProfileHandover;
import dev.provhub.profile.ProfileValue;
import dev.provhub.profile.SpcSource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Step {@code previews}: what a device would be given, was given, and why. Secrets are masked everywhere. */
public final class PreviewStep {
    private static final String APPLIED = "applied";

    private final DeviceRepository devices;
    private final DeviceModels models;
    private final ProfileHandover handover;
    private final GivenProfiles given;
    private final ParameterDictionary dictionary;
    private final AuditLog audit;

    /** Needs the devices, who composes, and what was given. */
    public PreviewStep(
            DeviceRepository devices,
            DeviceModels models,
            ProfileHandover handover,
            GivenProfiles given,
            ParameterDictionary dictionary,
            AuditLog audit) {
        this.audit = audit;
        this.dictionary = dictionary;
        this.devices = devices;
        this.models = models;
        this.handover = handover;
        this.given = given;
    }

    /**
     * Every value that a device would be given now, with the layer it comes from and what it hides. With {@code rendered=true}
     * the XML, with {@code rendered=spc} the plain text for Cisco's compiler; with {@code at} (an ISO 8601 time) what it had been given at that time.
     */
    public void profile(Exchange exchange) {
        answer(exchange, () -> {
            Device device = named(exchange, "mac");
            String at = query(exchange, "at");
            if (!at.isEmpty()) {
                ApiAnswers.json(
                        exchange, 200, ProfileJson.given(givenAt(device, at)).toString());
                return;
            }
            Profile profile = now(device);
            if (query(exchange, "rendered").equals("spc")) {
                ApiAnswers.answer(
                        exchange,
                        200,
                        "text/plain",
                        SpcSource.write(profile.masked().values(), dictionary));
                return;
            }
            if (query(exchange, "rendered").equals("true")) {
                ApiAnswers.answer(exchange, 200, "application/xml", FlatProfileWriter.write(profile.masked()));
                return;
            }
            ObjectNode json =
                    ProfileJson.object().put("device", device.mac().hex()).put("model", device.model());
            json.put("appliedRevision", device.standing().appliedRevision());
            json.setAll(ProfileJson.profile(profile));
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    /**
     * What a device would be given now as plain text for Cisco's compiler, with its secrets, for an administrator who compiles
     * it; written down.
     */
    public void source(Exchange exchange) {
        answer(exchange, () -> {
            Device device = named(exchange, "mac");
            String source = SpcSource.write(now(device).values(), dictionary);
            audit.add(HubExchange.caller(exchange), "profile source shown device=" + device.mac());
            ApiAnswers.answer(exchange, 200, "text/plain", source);
        });
    }

    /** What differs: between what the device has applied and what it would get; with {@code with=MAC} to another device. */
    public void difference(Exchange exchange) {
        answer(exchange, () -> {
            Device device = named(exchange, "mac");
            List<ProfileValue> after;
            List<ProfileValue> before;
            String other = query(exchange, "with");
            ObjectNode json = ProfileJson.object().put("device", device.mac().hex());
            if (other.isEmpty() || other.equals(APPLIED)) {
                String applied = device.standing().appliedRevision();
                before = Optional.ofNullable(applied)
                        .flatMap(revision -> given.find(device.mac(), revision))
                        .map(GivenProfile::values)
                        .orElse(List.of());
                after = now(device).values();
                json.put("before", applied == null ? "nothing applied" : applied);
            } else {
                before = now(device).values();
                Device second = named(exchange, "with");
                after = now(second).values();
                json.put("before", device.mac().hex()).put("after", second.mac().hex());
            }
            json.set("differences", ProfileJson.differences(ProfileDifference.between(before, after)));
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    /** All that is kept of what a device was given, the newest first. */
    public void history(Exchange exchange) {
        answer(exchange, () -> {
            ArrayNode all = ProfileJson.object().putArray("profiles");
            given.list(named(exchange, "mac").mac()).forEach(profile -> all.add(ProfileJson.summary(profile)));
            ApiAnswers.json(exchange, 200, all.toString());
        });
    }

    Profile now(Device device) {
        DeviceModel model = models.named(device.model())
                .orElseThrow(() -> new Refusal(409, "model " + device.model() + " is not in models.yaml"));
        try {
            return handover.preview(device, model);
        } catch (ProfileException e) {
            throw new Refusal(409, String.valueOf(e.getMessage()));
        }
    }

    private GivenProfile givenAt(Device device, String at) {
        try {
            return given.at(device.mac(), Instant.parse(at))
                    .orElseThrow(() -> new Refusal(404, "nothing is kept of what it was given up to " + at));
        } catch (DateTimeParseException e) {
            throw new Refusal(400, "at '" + at + "' is not a time such as 2026-11-24T10:00:00Z");
        }
    }

    private Device named(Exchange exchange, String parameter) {
        String text = query(exchange, parameter);
        return MacAddress.find(text)
                .flatMap(devices::findByMac)
                .orElseThrow(() -> new Refusal(404, "there is no device '" + text + "'"));
    }

    private static String query(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, "", String.class);
    }

    private static void answer(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (ProfileException e) {
            ApiAnswers.problem(exchange, 409, "Conflict", String.valueOf(e.getMessage()));
        } catch (Refusal e) {
            ApiAnswers.problem(exchange, e.status, e.title(), String.valueOf(e.getMessage()));
        }
    }

    private static final class Refusal extends RuntimeException {
        private final int status;

        Refusal(int status, String detail) {
            super(detail, null, false, false);
            this.status = status;
        }

        String title() {
            return switch (status) {
                case 404 -> "Not Found";
                case 409 -> "Conflict";
                default -> "Bad Request";
            };
        }
    }
}
