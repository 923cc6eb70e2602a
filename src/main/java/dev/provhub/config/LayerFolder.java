package dev.provhub.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The files in {@code config/layers}. */
public final class LayerFolder {
    private static final String ENDING = ".yaml";
    private static final int DEEPEST = 2;

    private LayerFolder() {}

    /**
     * All layer files at once: text by path below the folder, with {@code /} between its parts.
     *
     * @throws IllegalConfigurationException when one cannot be read
     */
    public static Map<String, String> texts(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        walk(folder, (path, file) -> {
            try {
                texts.put(path, Files.readString(file));
            } catch (CharacterCodingException e) {
                throw new IllegalConfigurationException(file, 0, "is not UTF-8");
            } catch (IOException e) {
                throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
            }
        });
        return texts;
    }

    /** What changes when a file is written, comes or goes; cheap enough to be asked often. */
    public static String stamp(Path folder) {
        StringBuilder stamp = new StringBuilder();
        walk(folder, (path, file) -> {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamp.append(path).append(' ').append(attributes.size()).append(' ');
                stamp.append(attributes.lastModifiedTime().toInstant())
                        .append(' ')
                        .append(attributes.fileKey());
            } catch (IOException e) {
                stamp.append(path).append(" gone");
            }
            stamp.append('\n');
        });
        return stamp.toString();
    }

    private static void walk(Path folder, BiConsumer<String, Path> each) {
        try (Stream<Path> files = Files.find(
                folder,
                DEEPEST,
                (file, attributes) -> attributes.isRegularFile()
                        && file.toString().endsWith(ENDING)
                        && !String.valueOf(file.getFileName()).startsWith("."))) {
            files.sorted()
                    .forEach(file ->
                            each.accept(folder.relativize(file).toString().replace('\\', '/'), file));
        } catch (IOException e) {
            throw new IllegalConfigurationException(folder, 0, "cannot be read: " + e.getMessage());
        }
    }
}
