package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.rollout.GroupCounts;
import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.rollout.RolloutGroup;
import dev.provhub.rollout.Rollouts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rollouts as the administration interface shows them. */
final class RolloutJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RolloutJson() {}

    static ObjectNode describe(Rollout rollout) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", rollout.id())
                .put("name", rollout.plan().name())
                .put("kind", rollout.kind().word())
                .put("state", rollout.state().word())
                .put("reason", rollout.reason())
                .put("devices", rollout.devices());
        put(json, "created", rollout.created());
        json.put("createdBy", rollout.createdBy()).put("approvedBy", rollout.approvedBy());
        put(json, "starts", rollout.starts());
        put(json, "started", rollout.started());
        put(json, "ended", rollout.ended());
        ArrayNode sizes = json.putArray("groupSizes");
        rollout.plan().sizes((int) rollout.devices()).forEach(sizes::add);
        return json.set("plan", PlanJson.describe(rollout.plan()));
    }

    private static void put(ObjectNode json, String field, @Nullable Instant time) {
        json.put(field, time == null ? null : time.toString());
    }

    static ObjectNode describe(RolloutDesk.View view) {
        ObjectNode json = describe(view.rollout());
        GroupCounts all = view.counts().values().stream().reduce(GroupCounts.NONE, GroupCounts::plus);
        json.set("progress", counts(all));
        put(json, "forecast", view.forecast().orElse(null));
        json.put("waits", view.waits().orElse(null));
        json.set("hold", describe(view.hold()));
        ArrayNode groups = json.putArray("groups");
        for (RolloutGroup group : view.groups()) {
            ObjectNode one = groups.addObject().put("number", group.number()).put("devices", group.devices());
            one.put("state", group.begun() == null ? "waiting" : group.done() == null ? "running" : "done");
            put(one, "begun", group.begun());
            put(one, "done", group.done());
            one.put("forgiven", group.forgiven());
            one.set("progress", counts(view.counts().getOrDefault(group.number(), GroupCounts.NONE)));
        }
        json.set("failures", reasons(view.failures()));
        json.set("leavings", reasons(view.leavings()));
        return json;
    }

    /** Whether everything is held, since when and by whom. */
    static ObjectNode describe(Optional<Rollouts.Hold> hold) {
        return JSON.createObjectNode()
                .put("held", hold.isPresent())
                .put("since", hold.map(is -> is.since().toString()).orElse(null))
                .put("who", hold.map(Rollouts.Hold::who).orElse(null));
    }

    private static ObjectNode counts(GroupCounts counts) {
        ObjectNode json = JSON.createObjectNode();
        for (Progress progress : Progress.values()) {
            json.put(progress.word(), counts.of(progress));
        }
        return json;
    }

    private static ArrayNode reasons(Map<String, Long> reasons) {
        ArrayNode json = JSON.createArrayNode();
        reasons.forEach(
                (reason, devices) -> json.addObject().put("reason", reason).put("devices", devices));
        return json;
    }

    static ObjectNode describe(RolloutDevices.Shown one) {
        return JSON.createObjectNode()
                .put("mac", one.mac().hex())
                .put("group", one.group())
                .put("progress", one.progress().word())
                .put("target", one.target())
                .put("version", one.version())
                .put("changed", one.changed().toString())
                .put("reason", one.reason());
    }
}
