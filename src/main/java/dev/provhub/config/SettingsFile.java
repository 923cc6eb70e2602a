package dev.provhub.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code hub.properties}: which settings it says, each once, and in which line. */
final class SettingsFile {
    private final Path file;
    private final List<String> lines;
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    private SettingsFile(Path file, String text) throws IOException {
        this.file = file;
        this.lines = text.lines().toList();
        new Once().load(new StringReader(text));
    }

    /**
     * Reads it; one that is not there says nothing.
     *
     * @throws IllegalConfigurationException with the line of what is unknown, said twice or not UTF-8
     */
    static SettingsFile read(Path file) {
        try {
            return new SettingsFile(file, Files.exists(file) ? TextFiles.text(file) : "");
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /** A copy of what it says. */
    Map<Setting, String> values() {
        return new EnumMap<>(values);
    }

    /** Somebody else says this one. */
    void overrule(Setting setting) {
        values.remove(setting);
    }

    /** A value that is not allowed is told with its place, when it is the file that says it. */
    IllegalConfigurationException placed(IllegalConfigurationException refused) {
        String reason = refused.reason();
        int end = reason.indexOf(' ');
        return Setting.find(end < 0 ? reason : reason.substring(0, end))
                .filter(setting -> refused.line() == 0 && values.containsKey(setting))
                .map(setting -> new IllegalConfigurationException(file, line(setting.key(), 0), reason))
                .orElse(refused);
    }

    /** Properties forget where they stood. */
    private int line(String key, int before) {
        Pattern named = Pattern.compile("\\s*" + Pattern.quote(key) + "(?:[\\s=:].*)?");
        return IntStream.range(0, lines.size())
                .filter(at -> named.matcher(lines.get(at)).matches())
                .skip(before)
                .map(at -> at + 1)
                .findFirst()
                .orElse(0);
    }

    /** Takes each setting once. */
    private final class Once extends Properties {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Object put(Object key, Object value) {
            String name = (String) key;
            Setting setting = Setting.find(name)
                    .orElseThrow(() -> new IllegalConfigurationException(
                            file,
                            line(name, 0),
                            "'" + name + "' is not a setting; known: "
                                    + String.join(
                                            ", ",
                                            Arrays.stream(Setting.values())
                                                    .map(Setting::key)
                                                    .toList())));
            if (values.put(setting, ((String) value).strip()) != null) {
                throw new IllegalConfigurationException(
                        file, line(name, 1), "'" + name + "' stands here again, and first in line " + line(name, 0));
            }
            return value;
        }
    }
}
