package dev.provhub.ops.alarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.silence.SilentDevice;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/** Writes what is to be told as CloudEvents 1.0 in JSON. Nothing in them is a secret. */
public final class CloudEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String source;
    private final Clock clock;

    /** @param source which hub tells: the base URL of its administration interface */
    public CloudEvents(String source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    String of(Alarms.Alarm alarm) {
        ObjectNode data = JSON.createObjectNode()
                .put("name", alarm.trouble().word())
                .put("says", alarm.says())
                .put("recent", alarm.recent())
                .put("usual", alarm.usual())
                .put("since", alarm.since().toString());
        if (!alarm.raised()) {
            data.put("goesOn", alarm.goesOn());
        }
        return event(
                alarm.raised() ? "dev.provhub.alarm.raised" : "dev.provhub.alarm.cleared",
                alarm.trouble().word(),
                data);
    }

    /** A device of which nothing is heard. */
    public String silent(SilentDevice device) {
        return event("dev.provhub.device.silent", device.mac().hex(), data(device));
    }

    /** A device of which something is heard again, or that is nobody's any more. */
    public String returned(SilentDevice device) {
        return event("dev.provhub.device.returned", device.mac().hex(), data(device));
    }

    /** A rollout that has stopped, finished, paused by itself, was cancelled or went back. */
    public String rollout(Rollout rollout) {
        ObjectNode data = JSON.createObjectNode()
                .put("id", rollout.id())
                .put("name", rollout.plan().name())
                .put("kind", rollout.kind().word())
                .put("state", rollout.state().word())
                .put("devices", rollout.devices())
                .put("reason", rollout.reason());
        return event("dev.provhub.rollout." + rollout.state().word(), "rollout/" + rollout.id(), data);
    }

    /** A device that has shown under proof that it runs what a rollout gave it. */
    public String milestone(RolloutDevices.Milestone milestone) {
        ObjectNode data = JSON.createObjectNode()
                .put("mac", milestone.mac().hex())
                .put("milestone", "firmwareReached")
                .put("version", milestone.version())
                .put("rollout", milestone.rollout())
                .put("reached", milestone.time().toString());
        String same = source + " milestone " + milestone.rollout() + " " + milestone.mac() + " " + milestone.time();
        return event(
                UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8)),
                "dev.provhub.device.milestone",
                milestone.mac().hex(),
                data);
    }

    private static ObjectNode data(SilentDevice device) {
        return JSON.createObjectNode()
                .put("mac", device.mac().hex())
                .put("since", device.since().toString())
                .put("periodSeconds", device.period().toSeconds());
    }

    private String event(String type, String subject, ObjectNode data) {
        return event(UUID.randomUUID(), type, subject, data);
    }

    /** @param id the same when the same is told again */
    private String event(UUID id, String type, String subject, ObjectNode data) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id.toString())
                .put("source", source)
                .put("type", type)
                .put("subject", subject)
                .put("time", clock.instant().toString())
                .put("datacontenttype", "application/json");
        event.set("data", data);
        return event.toString();
    }
}
