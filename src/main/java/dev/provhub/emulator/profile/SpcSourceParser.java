package dev.provhub.emulator.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the plain-text form that the vendor's profile compiler takes (section 1.2): what a program that opens compiled files
 * may print. {@code import} is left out: a compiled file stands alone.
 */
final class SpcSourceParser {
    private static final Pattern STATEMENT =
            Pattern.compile("\\G\\s*([A-Za-z][^\"!?*;#]*?)\\s*([!?*]?)\\s*(?:\"([^\"]*)\")?\\s*;");
    private static final Pattern COMMENT = Pattern.compile("(?m)^([^\"#]*(?:\"[^\"]*\"[^\"#]*)*)#.*$");

    private SpcSourceParser() {}

    static List<Setting> parse(String source) throws CorruptFileException {
        String text = COMMENT.matcher(source).replaceAll("$1").strip();
        List<Setting> settings = new ArrayList<>();
        Matcher matcher = STATEMENT.matcher(text);
        int at = 0;
        while (matcher.find()) {
            settings.add(setting(matcher.group(1), matcher.group(2), matcher.group(3)));
            at = matcher.end();
        }
        if (settings.isEmpty() || !text.substring(at).isBlank()) {
            throw new CorruptFileException(
                    "not a profile in the compiler's form after " + settings.size() + " statements");
        }
        return settings;
    }

    private static Setting setting(String name, String mark, String value) {
        String ua =
                switch (mark) {
                    case "!" -> "rw";
                    case "?" -> "ro";
                    default -> "na";
                };
        return new Setting(name.strip().replaceAll("[ \\[\\]()/]", "_"), value, ua);
    }
}
