package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceSearch.Found;
import dev.provhub.device.Line;
import dev.provhub.device.filter.Candidate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Devices as JSON for operators, without their secrets. */
final class DeviceJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TAG_BYTES = 16;

    private final DeviceModels models;
    private final Predicate<String> isSecret;

    /** @param isSecret whether the value of a device's own setting is never shown */
    DeviceJson(DeviceModels models, Predicate<String> isSecret) {
        this.models = models;
        this.isSecret = isSecret;
    }

    /** Everything but when it was last heard of. */
    private ObjectNode lasting(Candidate candidate) {
        Device device = candidate.device();
        ObjectNode json = JSON.createObjectNode();
        json.put("mac", device.mac().hex());
        json.put("model", device.model());
        json.put(
                "productNumber",
                models.named(device.model()).map(DeviceModel::productNumber).orElse(null));
        json.put("serial", device.serial());
        json.put("claimed", device.claimed());
        json.put("tenant", device.place().tenant());
        json.put("plan", device.place().plan());
        json.put("timeZone", device.place().timeZone());
        ArrayNode labels = json.putArray("labels");
        new TreeSet<>(candidate.labels()).forEach(labels::add);
        json.put("state", device.standing().state().name());
        json.put("revision", device.standing().revision());
        json.put("appliedRevision", device.standing().appliedRevision());
        json.put("applied", candidate.applied());
        json.put("runningVersion", device.standing().runningVersion());
        json.put("certificateEnd", text(candidate.certificateEnd()));
        json.put("revoked", candidate.revoked());
        ObjectNode settings = json.putObject("settings");
        ArrayNode secrets = json.putArray("secretSettings");
        new TreeMap<>(device.settings()).forEach((name, value) -> {
            if (isSecret.test(name)) {
                secrets.add(name);
            } else {
                settings.put(name, value);
            }
        });
        ArrayNode lines = json.putArray("lines");
        for (Line line : device.lines()) {
            lines.addObject()
                    .put("number", line.number())
                    .put("sipUser", line.sipUser())
                    .put("sipDomain", line.sipDomain())
                    .put("directoryNumber", line.directoryNumber())
                    .put("displayName", line.displayName())
                    .put("suspended", line.suspended());
        }
        return json;
    }

    ObjectNode describe(Found found) {
        ObjectNode json = lasting(found.candidate());
        Instant last = found.candidate().lastContact();
        if (last == null) {
            json.putNull("lastContact");
        } else {
            json.putObject("lastContact")
                    .put("time", last.toString())
                    .put("transport", found.transport())
                    .put("address", found.address());
        }
        return json;
    }

    /**
     * The {@code ETag} of a device: another one whenever anything of it is changed, also a secret, because the revision is part of
     * it; the same when it was only heard of.
     */
    String tag(Found found) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(lasting(found.candidate()).toString().getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
