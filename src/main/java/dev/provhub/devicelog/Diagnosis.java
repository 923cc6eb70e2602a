package dev.provhub.devicelog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What usually lies behind the events of a log.
 *
 * @param byEvent causes by the number of each event that is a sign of one
 * @param present causes that hold now, the newest sign first
 */
public record Diagnosis(Map<Long, List<Cause>> byEvent, List<Cause> present) {
    /** Copies both. */
    public Diagnosis {
        byEvent = Map.copyOf(byEvent);
        present = List.copyOf(present);
    }

    /**
     * Looks through a page of the log.
     *
     * @param newestFirst the events of one device
     * @param causes      in order; the first that fits an event explains it
     */
    public static Diagnosis of(List<DeviceLog.Numbered> newestFirst, List<Cause> causes) {
        Map<Cause, List<Long>> signs = new HashMap<>();
        Set<Cause> inOrder = new LinkedHashSet<>();
        Set<Cause> over = new HashSet<>();
        for (int at = 0; at < newestFirst.size(); at++) {
            DeviceLog.Numbered numbered = newestFirst.get(at);
            Optional<DeviceEvent> before = contactBefore(newestFirst, at);
            for (Cause cause : causes) {
                if (cause.until() != null
                        && !signs.containsKey(cause)
                        && cause.until().fits(numbered.event())) {
                    over.add(cause);
                }
            }
            causes.stream()
                    .filter(cause -> cause.isSeenIn(numbered.event(), before))
                    .findFirst()
                    .ifPresent(cause -> {
                        signs.computeIfAbsent(cause, none -> new ArrayList<>()).add(numbered.id());
                        inOrder.add(cause);
                    });
        }
        Map<Long, List<Cause>> byEvent = new HashMap<>();
        List<Cause> present = new ArrayList<>();
        for (Cause cause : inOrder) {
            List<Long> ids = signs.getOrDefault(cause, List.of());
            if (ids.size() >= cause.times()) {
                ids.forEach(id -> byEvent.put(id, List.of(cause)));
                if (!over.contains(cause)) {
                    present.add(cause);
                }
            }
        }
        return new Diagnosis(byEvent, present);
    }

    /** As {@link #of}, for events of many askers: each is explained by itself, and nothing is said of all of them. */
    public static Diagnosis ofEach(List<DeviceLog.Numbered> events, List<Cause> causes) {
        Map<Long, List<Cause>> byEvent = new HashMap<>();
        for (DeviceLog.Numbered numbered : events) {
            causes.stream()
                    .filter(cause -> cause.times() == 1 && cause.isSeenIn(numbered.event(), Optional.empty()))
                    .findFirst()
                    .ifPresent(cause -> byEvent.put(numbered.id(), List.of(cause)));
        }
        return new Diagnosis(byEvent, List.of());
    }

    /** Causes that hold now, then those that have explained something and are over. */
    public Set<Cause> all() {
        Set<Cause> all = new LinkedHashSet<>(present);
        byEvent.values().forEach(all::addAll);
        return all;
    }

    private static Optional<DeviceEvent> contactBefore(List<DeviceLog.Numbered> newestFirst, int at) {
        return newestFirst.stream()
                .skip(at + 1L)
                .map(DeviceLog.Numbered::event)
                .filter(event -> event.kind() == DeviceEvent.Kind.CONTACT)
                .findFirst();
    }
}
