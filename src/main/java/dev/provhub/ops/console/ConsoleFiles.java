package dev.provhub.ops.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The files of the console, read once at the start from the folder {@code console} of the class path: what is not among them is not
 * there, whatever a path looks like, because no path is ever looked up on a disk.
 */
final class ConsoleFiles {
    private static final String FOLDER = "console";
    private static final String LIT = "/META-INF/maven/org.webjars.npm/lit-html/pom.properties";

    private final Map<String, ConsoleFile> files = new HashMap<>();

    private ConsoleFiles() {}

    /**
     * Reads them.
     *
     * @throws UncheckedIOException  when they cannot be read
     * @throws IllegalStateException when the hub was packed without them
     */
    static ConsoleFiles read() {
        ConsoleFiles all = new ConsoleFiles();
        try {
            all.readFolder(place());
            all.readLit();
        } catch (IOException e) {
            throw new UncheckedIOException("the console's files cannot be read", e);
        }
        return all;
    }

    /**
     * One of them.
     *
     * @param name below {@code /console/}, with {@code /} between folder and file
     */
    Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Where the hub's own classes and resources are: a folder or a jar. */
    private static Path place() {
        String own = ConsoleFiles.class.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(ConsoleFiles.class.getResource("/" + own), own);
        String text = url.toString();
        String outside = text.startsWith("jar:")
                ? text.substring("jar:".length(), text.indexOf("!/"))
                : text.substring(0, text.length() - own.length());
        try {
            return Path.of(new java.net.URI(outside));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds a place that is no URI", e);
        }
    }

    private void readFolder(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            readBelow(place.resolve(FOLDER));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                readBelow(jar.getPath(FOLDER));
            }
        }
    }

    private void readBelow(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> found = below.filter(Files::isRegularFile).toList();
            for (Path file : found) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, ConsoleFile.of(name, Files.readAllBytes(file)));
            }
        }
    }

    /** The one library, from its own jar, with what its licence wants told. */
    private void readLit() throws IOException {
        Properties known = new Properties();
        try (InputStream in = resource(LIT)) {
            known.load(in);
        }
        String folder = "/META-INF/resources/webjars/lit-html/" + known.getProperty("version") + "/";
        put("lib/lit-html.js", folder + "lit-html.js");
        put("lib/lit-html-license.txt", folder + "LICENSE");
    }

    private void put(String name, String resource) throws IOException {
        try (InputStream in = resource(resource)) {
            files.put(name, ConsoleFile.of(name, in.readAllBytes()));
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ConsoleFiles.class.getResourceAsStream(name), name);
    }
}
