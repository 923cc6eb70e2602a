package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rollouts for people. */
final class RolloutText {
    private static final List<String> PROGRESS =
            List.of("waiting", "told", "downloading", "running", "failed", "left", "returned");

    private RolloutText() {}

    /** One in a line. */
    static String line(JsonNode rollout) {
        String reason = rollout.path("reason").asText("");
        return "rollout " + rollout.path("id").asText() + " "
                + rollout.path("name").asText() + ": "
                + rollout.path("state").asText() + ", "
                + rollout.path("devices").asText() + " devices"
                + (rollout.path("reason").isNull() || reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** One that was made, or that somebody starts: how many devices each group has. */
    static String made(JsonNode rollout) {
        StringBuilder text = new StringBuilder(line(rollout)).append('\n');
        List<Integer> sizes = new ArrayList<>();
        rollout.path("groupSizes").forEach(size -> sizes.add(size.asInt()));
        int used = (int) sizes.stream().filter(size -> size > 0).count();
        if (used == 1) {
            text.append("its one group has every device, so that all ")
                    .append(rollout.path("devices").asText())
                    .append(" begin at once: --group makes smaller ones that go before\n");
        } else if (used > 1) {
            text.append("devices of its groups: ")
                    .append(sizes.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append('\n');
        }
        if (used > 0 && sizes.subList(0, sizes.size() - 1).contains(0)) {
            text.append("the first groups take every device; none is left for those with 0\n");
        }
        return text.toString();
    }

    static String table(JsonNode all) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : all.path("rollouts")) {
            rows.add(List.of(
                    one.path("id").asText(),
                    one.path("name").asText(),
                    one.path("kind").asText(),
                    one.path("state").asText(),
                    one.path("devices").asText(),
                    time(one.path("started")),
                    time(one.path("ended")),
                    one.path("reason").isNull() ? "" : one.path("reason").asText()));
        }
        return held(all)
                + (rows.isEmpty()
                        ? "there are no rollouts"
                        : TextTable.of(
                                List.of("id", "name", "kind", "state", "devices", "started", "ended", "reason"), rows));
    }

    private static String held(JsonNode of) {
        JsonNode hold = of.path("hold");
        return hold.path("held").asBoolean()
                ? "every rollout is held since " + time(hold.path("since")) + " by "
                        + hold.path("who").asText() + ": './hub hold --release' lets them go on\n"
                : "";
    }

    /** One with its groups. */
    static String view(JsonNode rollout) {
        StringBuilder text =
                new StringBuilder(held(rollout)).append(line(rollout)).append('\n');
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode group : rollout.path("groups")) {
            rows.add(row(group.path("number").asText(), group.path("state").asText(), group));
        }
        rows.add(row("all", rollout.path("state").asText(), rollout));
        List<String> headings = new ArrayList<>(List.of("group", "state", "devices"));
        headings.addAll(PROGRESS);
        text.append(TextTable.of(headings, rows));
        rollout.path("failures").forEach(one -> text.append("failed ")
                .append(one.path("devices").asText())
                .append(": ")
                .append(one.path("reason").asText())
                .append('\n'));
        rollout.path("leavings").forEach(one -> text.append("left ")
                .append(one.path("devices").asText())
                .append(": ")
                .append(one.path("reason").asText())
                .append('\n'));
        if (rollout.path("waits").isTextual()) {
            text.append("waits: ").append(rollout.path("waits").asText()).append('\n');
        }
        if (!rollout.path("forecast").isNull()) {
            text.append("may end at ").append(time(rollout.path("forecast"))).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(String number, String state, JsonNode of) {
        List<String> row =
                new ArrayList<>(List.of(number, state, of.path("devices").asText()));
        PROGRESS.forEach(word -> row.add(of.path("progress").path(word).asText()));
        return row;
    }

    static String devices(JsonNode page) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : page.path("devices")) {
            rows.add(List.of(
                    one.path("mac").asText(),
                    one.path("group").asText(),
                    one.path("progress").asText(),
                    text(one.path("target")),
                    text(one.path("version")),
                    time(one.path("changed")),
                    text(one.path("reason"))));
        }
        return rows.isEmpty()
                ? "there are none"
                : TextTable.of(List.of("mac", "group", "progress", "target", "version", "changed", "reason"), rows);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    private static String time(JsonNode value) {
        return text(value).replaceFirst("\\.\\d+Z$", "Z");
    }
}
