package dev.provhub.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan as JSON: what the administration interface takes and what is kept. */
public final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REST = "rest";
    private static final String SUCCESS = "90%";
    private static final String ERRORS = "10%";
    private static final int SAMPLE = 5;
    private static final int SPREAD_MINUTES = 30;
    private static final int ALL = 100;
    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "kind",
            "name",
            "filter",
            "versions",
            "groups",
            "success",
            "errors",
            "sample",
            "window",
            "start",
            "joins",
            "priority",
            "push",
            "spreadMinutes",
            "maxDownloads"));
    private static final Set<String> GROUP_FIELDS = new TreeSet<>(Set.of("size", "success", "errors", "sample"));

    private PlanJson() {}

    /** As {@link #read(JsonNode, Instant)} reads it. */
    public static ObjectNode describe(RolloutPlan plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", plan.kind().word()).put("name", plan.name()).put("filter", plan.filter());
        ObjectNode versions = json.putObject("versions");
        new TreeMap<>(plan.versions()).forEach(versions::put);
        ArrayNode groups = json.putArray("groups");
        for (GroupPlan group : plan.groups()) {
            groups.addObject()
                    .put("size", group.size() == null ? REST : group.size().toString())
                    .put("success", group.success().toString())
                    .put("errors", group.errors().toString())
                    .put("sample", group.sample());
        }
        json.put("window", plan.windows().toString());
        json.put("start", plan.starts() == null ? null : plan.starts().toString());
        return json.put("joins", plan.joins())
                .put("priority", plan.priority())
                .put("push", plan.push())
                .put("spreadMinutes", plan.spread().toMinutes())
                .put("maxDownloads", plan.maxDownloads());
    }

    /** One line. */
    public static String write(RolloutPlan plan) {
        return describe(plan).toString();
    }

    /** What {@link #write} has written; its start may have passed since. */
    public static RolloutPlan read(String text) {
        try {
            return plan(JSON.readTree(text), Instant.EPOCH);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan in the database is no JSON", e);
        }
    }

    /**
     * Reads a plan.
     *
     * @param now what {@code "start": "now"} means
     * @throws IllegalArgumentException with the field, its value and what is allowed
     */
    public static RolloutPlan read(JsonNode json, Instant now) {
        RolloutPlan plan = plan(json, now);
        checkSizes(plan.groups());
        if (plan.starts() != null && plan.starts().isBefore(now)) {
            throw new IllegalArgumentException(
                    "start '" + text(json, "start", "") + "' is not allowed; allowed: now, or a time to come; it is "
                            + now.truncatedTo(ChronoUnit.SECONDS));
        }
        return plan;
    }

    /** A canary of nobody would have all others begin at once. */
    private static void checkSizes(List<GroupPlan> groups) {
        List<Threshold> sizes = groups.stream()
                .flatMap(group -> Stream.ofNullable(group.size()))
                .toList();
        sizes.stream().filter(size -> size.value() == 0).findFirst().ifPresent(none -> {
            throw new IllegalArgumentException("groups '" + none + "' is not allowed; allowed: from 1, or from 1%");
        });
        List<Threshold> shares = sizes.stream().filter(Threshold::isPercent).toList();
        if (shares.stream().mapToInt(Threshold::value).sum() > ALL) {
            throw new IllegalArgumentException("groups '"
                    + shares.stream().map(Threshold::toString).collect(Collectors.joining(", "))
                    + "' is not allowed; allowed: 100% of all together at most");
        }
    }

    private static RolloutPlan plan(JsonNode json, Instant now) {
        known(json, FIELDS, "field");
        RolloutKind kind = RolloutKind.of(text(json, "kind", "firmware"));
        return new RolloutPlan(
                kind,
                text(json, "name", kind == RolloutKind.LAYERS ? "layers" : "firmware"),
                text(json, "filter", ""),
                versions(json.path("versions")),
                groups(json),
                MaintenanceWindows.parse(text(json, "window", "")),
                start(json, now),
                flag(json, "joins", false),
                number(json, "priority", 0),
                flag(json, "push", false),
                Duration.ofMinutes(number(json, "spreadMinutes", SPREAD_MINUTES)),
                number(json, "maxDownloads", 0));
    }

    private static void known(JsonNode json, Set<String> fields, String what) {
        json.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException(what + " '" + field + "' is none of " + String.join(", ", fields));
            }
        });
    }

    private static String text(JsonNode json, String field, String otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw new IllegalArgumentException("field '" + field + "' is no text");
        }
        // It goes into one line of the audit log
        String text = value.asText();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("field '" + field + "' has a control character in it");
        }
        return text;
    }

    private static boolean flag(JsonNode json, String field, boolean otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("field '" + field + "' is neither true nor false");
        }
        return value.asBoolean();
    }

    private static int number(JsonNode json, String field, int otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("field '" + field + "' is no whole number");
        }
        return value.asInt();
    }

    private static Map<String, String> versions(JsonNode json) {
        Map<String, String> versions = new TreeMap<>();
        if (!json.isMissingNode() && !json.isObject()) {
            throw new IllegalArgumentException("field 'versions' is no object such as {\"spa50x\": \"7.6.2g\"}");
        }
        json.fieldNames().forEachRemaining(family -> versions.put(family, text(json, family, "")));
        return versions;
    }

    private static @Nullable Instant start(JsonNode json, Instant now) {
        String text = text(json, "start", "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.equals("now") ? now : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "start '" + text + "' is not allowed; allowed: now, or a time such as 2026-03-01T01:00:00Z", e);
        }
    }

    private static List<GroupPlan> groups(JsonNode json) {
        String success = text(json, "success", SUCCESS);
        String errors = text(json, "errors", ERRORS);
        int sample = number(json, "sample", SAMPLE);
        List<GroupPlan> groups = new ArrayList<>();
        JsonNode sizes = json.path("groups");
        if (!sizes.isMissingNode() && !sizes.isArray()) {
            throw new IllegalArgumentException("field 'groups' is no list");
        }
        for (JsonNode group : sizes) {
            JsonNode one = group.isObject() ? group : JSON.createObjectNode().set("size", group);
            known(one, GROUP_FIELDS, "field of a group");
            String size = text(one, "size", REST);
            groups.add(new GroupPlan(
                    size.equals(REST) ? null : threshold("groups", size),
                    threshold("success", text(one, "success", success)),
                    threshold("errors", text(one, "errors", errors)),
                    number(one, "sample", sample)));
        }
        boolean hasRest = !groups.isEmpty() && groups.get(groups.size() - 1).size() == null;
        if (!hasRest) {
            groups.add(new GroupPlan(null, threshold("success", success), threshold("errors", errors), sample));
        }
        return groups;
    }

    private static Threshold threshold(String field, String text) {
        try {
            return Threshold.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + " " + e.getMessage(), e);
        }
    }
}
