package dev.provhub.profile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a profile as the phones read it (device protocol, section 1.1):
 *
 * <pre>
 * &lt;flat-profile&gt;
 * &lt;Resync_Periodic&gt;3600&lt;/Resync_Periodic&gt;
 * &lt;router-configuration&gt;
 * &lt;Internet_Option&gt;
 * &lt;DNS_Order&gt;2&lt;/DNS_Order&gt;
 * &lt;/Internet_Option&gt;
 * &lt;/router-configuration&gt;
 * &lt;/flat-profile&gt;
 * </pre>
 *
 * An empty value is an empty element with both tags, never {@code <X/>}, which the guides read in two ways. All five special
 * characters are escaped; what is not ASCII is written as a number, because firmware reads nothing else. {@code ua} stands
 * only where it was asked for. Values of one section stand together, where the first of them stands. The same profile is
 * always the same bytes.
 */
public final class FlatProfileWriter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z_][A-Za-z0-9_.-]*)*");

    private FlatProfileWriter() {}

    /** @throws IllegalArgumentException when it is no name of a parameter, sections joined by {@code /} */
    public static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a parameter");
        }
        return name;
    }

    /** The profile in bytes, all ASCII; they belong to the caller. */
    public static byte[] write(Profile profile) {
        Section root = new Section();
        profile.values().forEach(value -> root.add(value, value.name()));
        StringBuilder out = new StringBuilder();
        out.append("<flat-profile>\n");
        root.write(out);
        out.append("</flat-profile>\n");
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Elements by name: a {@link Section} or a {@link ProfileValue}. */
    private static final class Section {
        private final Map<String, Object> children = new LinkedHashMap<>();

        void add(ProfileValue value, String name) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                children.put(name, value);
                return;
            }
            Object child = children.computeIfAbsent(name.substring(0, slash), key -> new Section());
            if (!(child instanceof Section section)) {
                throw new IllegalArgumentException(value.name() + " lies inside a value");
            }
            section.add(value, name.substring(slash + 1));
        }

        void write(StringBuilder out) {
            children.forEach((name, child) -> {
                if (child instanceof Section section) {
                    out.append('<').append(name).append(">\n");
                    section.write(out);
                    out.append("</").append(name).append(">\n");
                } else if (child instanceof ProfileValue value) {
                    writeValue(name, value, out);
                }
            });
        }
    }

    private static void writeValue(String name, ProfileValue value, StringBuilder out) {
        out.append('<').append(name).append(attribute(value.userAccess())).append('>');
        value.text().codePoints().forEach(c -> escape(c, out));
        out.append("</").append(name).append(">\n");
    }

    private static String attribute(@Nullable UserAccess access) {
        return access == null ? "" : " ua=\"" + access.name().toLowerCase(Locale.ROOT) + "\"";
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\'' -> out.append("&apos;");
            case '"' -> out.append("&quot;");
            default -> {
                if (c >= ' ' && c < 0x7F) {
                    out.append((char) c);
                } else {
                    out.append("&#").append(c).append(';');
                }
            }
        }
    }
}
