package dev.provhub.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The files of a folder that people edit.
 *
 * @param folder  may be missing: then there are none
 * @param endings of their names; files that begin with a dot are not looked at
 * @param depth   1 for the folder alone, 2 for its subfolders too
 */
public record TextFiles(Path folder, Set<String> endings, int depth) {
    /** Copies the endings. */
    public TextFiles {
        endings = Set.copyOf(endings);
    }

    /** Those whose names end in one way. */
    public TextFiles(Path folder, String ending, int depth) {
        this(folder, Set.of(ending), depth);
    }

    /** The layers of a configuration. */
    public static TextFiles layers(Path config) {
        return new TextFiles(config.resolve("layers"), ".yaml", 2);
    }

    /** The templates of a configuration. */
    public static TextFiles templates(Path config) {
        return new TextFiles(config.resolve("templates"), ".ftl", 1);
    }

    /**
     * All files at once: text by path below the folder, with {@code /} between its parts.
     *
     * @throws IllegalConfigurationException when one cannot be read
     */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        walk((path, file) -> {
            try {
                texts.put(path, text(file));
            } catch (IOException e) {
                throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
            }
        });
        return texts;
    }

    /**
     * One file.
     *
     * @throws IllegalConfigurationException naming the first line that is not UTF-8
     */
    static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
            int line = 1;
            for (int at = 0; at < in.position(); at++) {
                line += bytes[at] == '\n' ? 1 : 0;
            }
            throw new IllegalConfigurationException(file, line, "is not UTF-8");
        }
        String all = text.flip().toString();
        // As some editors begin a file
        return all.startsWith("\uFEFF") ? all.substring(1) : all;
    }

    /** What changes when a file is written, comes or goes; cheap enough to be asked often. */
    public String stamp() {
        StringBuilder stamp = new StringBuilder();
        walk((path, file) -> {
            stamp.append(path);
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamp.append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime().toInstant())
                        .append(' ')
                        .append(attributes.fileKey());
            } catch (IOException e) {
                stamp.append(" gone");
            }
            stamp.append('\n');
        });
        return stamp.toString();
    }

    private void walk(BiConsumer<String, Path> each) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.find(
                folder,
                depth,
                (file, attributes) -> attributes.isRegularFile()
                        && endings.stream().anyMatch(file.toString()::endsWith)
                        && !String.valueOf(file.getFileName()).startsWith("."),
                FileVisitOption.FOLLOW_LINKS)) {
            files.sorted()
                    .forEach(file ->
                            each.accept(folder.relativize(file).toString().replace('\\', '/'), file));
        } catch (IOException e) {
            throw new IllegalConfigurationException(folder, 0, "cannot be read: " + e.getMessage());
        }
    }
}
