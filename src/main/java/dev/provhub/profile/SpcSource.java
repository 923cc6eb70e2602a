package dev.provhub.profile;

import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.ParameterDictionary.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain text that Cisco's profile compiler takes (device protocol, section 1.2): one statement for each parameter,
 * {@code Proxy[1] ! "sip.example.net" ;}, where {@code !} lets the user write, {@code ?} lets the user read, and nothing gives no
 * access; {@code #} begins a comment, {@code import FILE} splices another file.
 */
public final class SpcSource {
    private static final int DEEPEST_IMPORT = 20;
    private static final Pattern STATEMENT = Pattern.compile(
            "(?<name>[A-Za-z][A-Za-z0-9 _.()/+-]*?(?:\\[[0-9]{1,3}])?[A-Za-z0-9 _.()/+-]*?)\\s*(?<mark>[!?*])?\\s*(?:\"(?<text>[^\"]*)\")?\\s*;");
    private static final Pattern IMPORT = Pattern.compile("import\\s+\"?([^\"\\s;]+)\"?\\s*;?\\s*");
    private static final Pattern LINE_INDEX = Pattern.compile("_([0-9]{1,2})_$");

    private final Function<String, Optional<String>> files;
    private final Map<String, Read> found = new LinkedHashMap<>();

    private SpcSource(Function<String, Optional<String>> files) {
        this.files = files;
    }

    /**
     * Reads a source. The last of a repeated parameter counts.
     *
     * @param files gives the text of a file that is imported
     * @return names as in the XML: each blank and each of {@code [ ] ( ) /} is an underscore
     * @throws ProfileException naming the line, when it is no such source
     */
    public static List<Read> read(String text, Function<String, Optional<String>> files) {
        SpcSource source = new SpcSource(files);
        source.read(text, "", 0);
        return new ArrayList<>(source.found.values());
    }

    private void read(String text, String file, int depth) {
        if (depth > DEEPEST_IMPORT) {
            throw new ProfileException(file + "files import each other");
        }
        StringBuilder statement = new StringBuilder();
        int began = 0;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String plain = withoutComment(line);
            Matcher splice = IMPORT.matcher(plain.strip());
            if (statement.toString().isBlank() && splice.matches()) {
                splice(splice.group(1), file + "line " + number + ": ", depth);
                continue;
            }
            if (statement.toString().isBlank()) {
                began = number;
            }
            statement.append(plain).append(' ');
            began = takeStatements(statement, file, began, number);
        }
        if (!statement.toString().isBlank()) {
            throw problem(file, began);
        }
    }

    private void splice(String name, String place, int depth) {
        String text = files.apply(name).orElseThrow(() -> new ProfileException(place + "there is no file " + name));
        read(text, name + " ", depth + 1);
    }

    /** Takes whole statements off the front; gives the line on which what is left began. */
    private int takeStatements(StringBuilder statement, String file, int began, int line) {
        int start = began;
        for (int end = endOf(statement); end >= 0; end = endOf(statement)) {
            Matcher matcher = STATEMENT.matcher(statement.substring(0, end + 1).strip());
            if (!matcher.matches()) {
                throw problem(file, start);
            }
            keep(matcher, start);
            statement.delete(0, end + 1);
            start = line;
        }
        return start;
    }

    /** The semicolon that is not in quotes, or -1. */
    private static int endOf(StringBuilder statement) {
        boolean quoted = false;
        for (int i = 0; i < statement.length(); i++) {
            quoted ^= statement.charAt(i) == '"';
            if (!quoted && statement.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private void keep(Matcher statement, int line) {
        String name = statement.group("name").strip().replaceAll("[ \\[\\]()/]", "_");
        String text = statement.group("text");
        UserAccess access = access(statement.group("mark"));
        found.put(name, new Read(name, text == null ? "" : text.strip(), access, line, text == null, null));
    }

    private static UserAccess access(@Nullable String mark) {
        if (mark == null || mark.equals("*")) {
            return UserAccess.NA;
        }
        return mark.equals("!") ? UserAccess.RW : UserAccess.RO;
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            quoted ^= line.charAt(i) == '"';
            if (!quoted && line.charAt(i) == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static ProfileException problem(String file, int line) {
        return new ProfileException(file + "line " + line + ": is no statement: Name [!|?] \"value\" ;");
    }

    /**
     * Writes a source. Sections of the router, which the compiler does not know, are left out; a value that holds a quote,
     * which the format cannot write, is left out with a comment that says so.
     */
    public static String write(List<ProfileValue> values, ParameterDictionary dictionary) {
        StringBuilder out = new StringBuilder();
        for (ProfileValue value : values) {
            if (value.name().indexOf('/') >= 0) {
                continue;
            }
            if (value.text().indexOf('"') >= 0) {
                out.append("# ").append(value.name()).append(" holds a quote, which cannot be written here\n");
                continue;
            }
            out.append(written(value.name(), dictionary)).append(' ');
            if (value.userAccess() == UserAccess.RW) {
                out.append("! ");
            } else if (value.userAccess() == UserAccess.RO) {
                out.append("? ");
            }
            out.append('"').append(value.text()).append("\" ;\n");
        }
        return out.toString();
    }

    private static String written(String name, ParameterDictionary dictionary) {
        boolean ofLine = dictionary.find(name).map(Named::line).isPresent();
        Matcher index = LINE_INDEX.matcher(name);
        return ofLine && index.find() ? index.replaceFirst("[$1]") : name;
    }

    /** Whether a text looks like such a source and not like XML. */
    public static boolean isLikely(String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        return !start.startsWith("<") && !start.startsWith("\ufeff<") && text.indexOf(';') >= 0;
    }
}
