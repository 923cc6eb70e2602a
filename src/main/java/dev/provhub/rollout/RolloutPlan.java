package dev.provhub.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants rolled out.
 *
 * @param name     for people, 1 to 100 characters
 * @param filter   which devices, in the filter language; empty for layers: those that the edit changes
 * @param versions the firmware version by family; empty for layers
 * @param groups   in their order, at least one; the last one takes all that is left
 * @param windows  when devices may be told
 * @param starts   when it begins; null when somebody starts it
 * @param joins    whether devices that the filter means later become part of it
 * @param priority of two rollouts that mean a device the higher one counts, then the later one; -1000 to 1000
 * @param push     whether devices are told to resync when their time has come, by NOTIFY; else it waits for their own polls
 * @param spread   over which the devices of a group are spread from its begin on
 * @param maxDownloads how many images of its families may be sent at a time while it goes on; 0 for as many as the hub may
 */
public record RolloutPlan(
        RolloutKind kind,
        String name,
        String filter,
        Map<String, String> versions,
        List<GroupPlan> groups,
        MaintenanceWindows windows,
        @Nullable Instant starts,
        boolean joins,
        int priority,
        boolean push,
        Duration spread,
        int maxDownloads) {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_GROUPS = 50;
    private static final int MOST_PRIORITY = 1000;
    private static final int MOST_DOWNLOADS = 100_000;
    private static final Duration LONGEST_SPREAD = Duration.ofDays(30);

    /** @throws IllegalArgumentException with what is wrong and what is allowed */
    public RolloutPlan {
        versions = Map.copyOf(versions);
        groups = List.copyOf(groups);
        require(!name.isBlank() && name.length() <= LONGEST_NAME, "name", name, "1 to 100 characters");
        require(
                !groups.isEmpty() && groups.size() <= MOST_GROUPS,
                "groups",
                groups.size() + " groups",
                "1 to 50 groups");
        require(Math.abs(priority) <= MOST_PRIORITY, "priority", Integer.toString(priority), "-1000 to 1000");
        require(
                !spread.isNegative() && spread.compareTo(LONGEST_SPREAD) <= 0,
                "spreadMinutes",
                Long.toString(spread.toMinutes()),
                "0 to 43200");
        require(
                maxDownloads >= 0 && maxDownloads <= MOST_DOWNLOADS,
                "maxDownloads",
                Integer.toString(maxDownloads),
                "0 to 100000, 0 for as many as the hub may");
        require(
                groups.get(groups.size() - 1).size() == null
                        && groups.stream().filter(group -> group.size() == null).count() == 1,
                "groups",
                "a group in the middle",
                "'rest' for the last group alone");
        if (kind == RolloutKind.FIRMWARE) {
            require(!filter.isBlank(), "filter", filter, "a filter; 'all' means every device");
            require(!versions.isEmpty(), "versions", "none", "the version for each family, {\"spa50x\": \"7.6.2g\"}");
        } else {
            require(filter.isEmpty() && versions.isEmpty(), "filter", filter, "nothing beside the held layer edit");
        }
    }

    private static void require(boolean isSo, String field, String value, String allowed) {
        if (!isSo) {
            throw new IllegalArgumentException(field + " '" + value + "' is not allowed; allowed: " + allowed);
        }
    }

    /** How many devices each group has when there are so many. */
    public List<Integer> sizes(int devices) {
        List<Integer> sizes = new java.util.ArrayList<>();
        int left = devices;
        for (GroupPlan group : groups) {
            int size = group.size() == null
                    ? left
                    : (int) Math.min(left, group.size().of(devices));
            sizes.add(size);
            left -= size;
        }
        return List.copyOf(sizes);
    }

    /** The plan of a group by its number from 1. */
    public GroupPlan group(int number) {
        return groups.get(number - 1);
    }

    /** Versions in order of their families, e.g. {@code spa50x 7.6.2g}. */
    public String shownVersions() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(versions).forEach((family, version) -> text.append(text.isEmpty() ? "" : ", ")
                .append(family)
                .append(' ')
                .append(version));
        return text.toString();
    }
}
