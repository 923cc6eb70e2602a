package dev.provhub.emulator;

import dev.provhub.emulator.profile.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The phone's flash: every parameter it has been given, over the factory's. Can be read from any thread. */
final class Parameters {
    private static final int FIRST_ROOM = 16;

    private final PhoneModel model;
    private final ParameterTable table;
    private @Nullable String[] values = new @Nullable String[FIRST_ROOM];
    private @Nullable Access[] access = {};

    Parameters(PhoneModel model, ParameterTable table) {
        this.model = model;
        this.table = table;
    }

    /** Empty when it was never set. */
    synchronized String get(String name) {
        int number = table.find(name);
        String own = number >= 0 && number < values.length ? values[number] : null;
        return own != null ? own : FactoryDefaults.of(model).getOrDefault(name, "");
    }

    boolean isYes(String name) {
        return get(name).equalsIgnoreCase("yes");
    }

    /** A number; the fallback when it is none. */
    long number(String name, long fallback) {
        String text = get(name).strip();
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : fallback;
    }

    /** Whether the model has it; one that it lacks is passed over. */
    synchronized boolean set(String name, String value) {
        if (!model.knows(name)) {
            return false;
        }
        int number = table.number(name);
        if (number < 0) {
            return false;
        }
        if (number >= values.length) {
            values = Arrays.copyOf(values, number + FIRST_ROOM);
        }
        values[number] = table.shared(number, value);
        return true;
    }

    private synchronized void mark(String name, Access mark) {
        int number = model.knows(name) ? table.number(name) : -1;
        if (number >= 0) {
            if (number >= access.length) {
                if (mark == Access.FACTORY) {
                    return;
                }
                access = Arrays.copyOf(access, number + FIRST_ROOM);
            }
            access[number] = mark;
        }
    }

    synchronized Access access(String name) {
        int number = table.find(name);
        Access mark = number >= 0 && number < access.length ? access[number] : null;
        return mark == null ? Access.FACTORY : mark;
    }

    /**
     * Applies a profile in its order, so that the last of a name wins.
     *
     * @return what became of it
     */
    Applied apply(List<Setting> settings) {
        int taken = 0;
        int unknown = 0;
        List<String> changed = new ArrayList<>();
        for (Setting setting : settings) {
            String value = setting.value();
            String before = get(setting.name());
            if (!model.knows(setting.name())) {
                unknown++;
            } else if (value != null && set(setting.name(), value)) {
                taken++;
                if (!before.equals(value)) {
                    changed.add(setting.name());
                }
            }
            // A name without a mark has the access that the factory gave it
            mark(setting.name(), Access.of(setting.access()));
        }
        return new Applied(taken, unknown, changed);
    }

    /**
     * What a profile did.
     *
     * @param taken   number of values the model knows
     * @param unknown number of elements that it does not know
     * @param changed names of those that are other now
     */
    record Applied(int taken, int unknown, List<String> changed) {}

    /** Forgets all that was given: a factory reset. */
    synchronized void clear() {
        values = new @Nullable String[FIRST_ROOM];
        access = new @Nullable Access[0];
    }

    /** What was given and what the factory set, by name. */
    synchronized Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(FactoryDefaults.of(model));
        for (int number = 0; number < values.length; number++) {
            String value = values[number];
            if (value != null) {
                all.put(table.name(number), value);
            }
        }
        return all;
    }

    /** What was given, by name: for the file in which a phone's state is kept. */
    synchronized Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        for (int number = 0; number < values.length; number++) {
            String value = values[number];
            if (value != null) {
                given.put(table.name(number), value);
            }
        }
        return given;
    }

    /** Access marks other than the factory's, by name. */
    synchronized Map<String, String> marks() {
        Map<String, String> marks = new TreeMap<>();
        for (int number = 0; number < access.length; number++) {
            Access mark = access[number];
            if (mark != null && mark != Access.FACTORY) {
                marks.put(table.name(number), mark.text());
            }
        }
        return marks;
    }

    /** Takes back what {@link #given} and {@link #marks} told. */
    void restore(Map<String, String> given, Map<String, String> marks) {
        given.forEach(this::set);
        marks.forEach((name, ua) -> mark(name, Access.of(ua)));
    }
}
