package dev.provhub.emulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gives every parameter name a small number, and keeps one copy of a value that many phones hold, so that a phone's flash is
 * little more than an array. Phones that are to share it are given the same one. Thread-safe; names are never forgotten.
 */
final class ParameterTable {
    /** More than the largest dictionary of any model, with all its lines. */
    private static final int MOST_NAMES = 1 << 14;

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final AtomicReferenceArray<@Nullable String> lastValues = new AtomicReferenceArray<>(MOST_NAMES);

    /** The number of a name; -1 when no phone has had it yet. */
    int find(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The number of a name, which is given now when it has none; -1 when there are too many. */
    int number(String name) {
        int known = find(name);
        return known >= 0 ? known : add(name);
    }

    private synchronized int add(String name) {
        if (find(name) < 0 && names.size() < MOST_NAMES) {
            names.add(name);
            numbers.put(name, names.size() - 1);
        }
        return find(name);
    }

    String name(int number) {
        return names.get(number);
    }

    /** The copy that another phone holds, when it was given the same value last. */
    String shared(int number, String value) {
        String last = lastValues.get(number);
        if (value.equals(last)) {
            return last;
        }
        lastValues.set(number, value);
        return value;
    }
}
