package dev.provhub.firmware.staging;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What staging found out of an image, as it lies in a file of its own in {@value #FOLDER}.
 *
 * @param file      the image itself
 * @param family    which models it fits
 * @param version   what a device reports once it runs it
 * @param container how it is packed, in the catalog's word
 * @param verified  whether its container was read and says the same
 * @param from      lowest version that it may be installed over; null for any
 * @param until     highest version that it may be installed over; null for any
 * @param parts     further files that the device fetches
 * @param staged    when, as ISO 8601 has it
 * @param retired   when it was retired; null while it is offered
 * @param notes     for people; empty for none
 */
public record StagedImage(
        File file,
        String family,
        String version,
        String container,
        boolean verified,
        @Nullable String from,
        @Nullable String until,
        List<File> parts,
        String staged,
        @Nullable String retired,
        String notes) {
    /** Folder of the records, in the one of the images. */
    public static final String FOLDER = "staged";

    /** Copies the list. */
    public StagedImage {
        parts = List.copyOf(parts);
    }

    /**
     * A file that lies in the folder of the images.
     *
     * @param name   what every rule and file system takes
     * @param length in bytes
     * @param sha256 64 lower-case hex digits
     */
    public record File(String name, long length, String sha256) {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        /** @throws IllegalArgumentException when one of them is not of that kind */
        public File {
            if (!isName(name)) {
                throw new IllegalArgumentException("'" + name + "' is no file name of an image");
            }
            if (length < 0 || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("file " + name + " has no length or no SHA-256");
            }
        }

        /** Whether a name is nothing but a name: no path, nothing that a rule or a file system reads otherwise. */
        public static boolean isName(String name) {
            return NAME.matcher(name).matches() && !name.contains("..");
        }
    }

    /** The same, retired or offered again. */
    public StagedImage retired(@Nullable String when) {
        return new StagedImage(file, family, version, container, verified, from, until, parts, staged, when, notes);
    }

    /** The same with what an operator says of it now; what is null or empty stays as it was said before. */
    StagedImage saying(@Nullable String newFrom, @Nullable String newUntil, String newNotes) {
        return new StagedImage(
                file,
                family,
                version,
                container,
                verified,
                newFrom == null ? from : newFrom,
                newUntil == null ? until : newUntil,
                parts,
                staged,
                retired,
                newNotes.isEmpty() ? notes : newNotes);
    }

    /** As its file says it; everything in quotes, so that nothing is read as a number or a truth value. */
    String toYaml() {
        StringBuilder yaml =
                new StringBuilder("# Written by the hub when the image was staged; an entry of catalog.yaml for"
                        + " the same file counts before it.\n");
        line(yaml, "file", file.name());
        line(yaml, "family", family);
        line(yaml, "version", version);
        yaml.append("length: ").append(file.length()).append('\n');
        line(yaml, "sha256", file.sha256());
        line(yaml, "container", container);
        yaml.append("verified: ").append(verified ? "yes" : "no").append('\n');
        line(yaml, "from", from);
        line(yaml, "until", until);
        if (!parts.isEmpty()) {
            yaml.append("parts:\n");
            parts.forEach(part -> yaml.append("  - {file: ")
                    .append(quoted(part.name()))
                    .append(", length: ")
                    .append(part.length())
                    .append(", sha256: ")
                    .append(part.sha256())
                    .append("}\n"));
        }
        line(yaml, "staged", staged);
        line(yaml, "retired", retired);
        line(yaml, "notes", notes.isEmpty() ? null : notes);
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, @Nullable String value) {
        if (value != null) {
            yaml.append(key).append(": ").append(quoted(value)).append('\n');
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || (c > 0x7f && !Character.isLetterOrDigit(c))) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
