package dev.provhub.emulator;

import dev.provhub.emulator.profile.Setting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The phone's flash: every parameter it has been given, over the factory's. Can be read from any thread. */
final class Parameters {
    private final PhoneModel model;
    private final Map<String, String> values;

    Parameters(PhoneModel model) {
        this.model = model;
        this.values = new ConcurrentHashMap<>(FactoryDefaults.of(model));
    }

    /** Empty when it was never set. */
    String get(String name) {
        return values.getOrDefault(name, "");
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
    boolean set(String name, String value) {
        if (!model.knows(name)) {
            return false;
        }
        values.put(name, value);
        return true;
    }

    /** Applies a profile in its order, so that the last of a name wins; gives the number of values taken. */
    int apply(List<Setting> settings) {
        int applied = 0;
        for (Setting setting : settings) {
            String value = setting.value();
            if (value != null && set(setting.name(), value)) {
                applied++;
            }
        }
        return applied;
    }
}
