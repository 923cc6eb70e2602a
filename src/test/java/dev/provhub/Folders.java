package dev.provhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Copies of folders, for tests that edit what is shipped. */
final class Folders {
    private Folders() {}

    /** Copies all files, over those that are there. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
        }
    }

    /** The shipped configuration, in which these layers of the site, such as {@code tenant/north}, are too and say nothing. */
    static Path configWith(Path to, String... layers) throws IOException {
        copy(Path.of("config"), to);
        for (String layer : layers) {
            Path file = to.resolve("layers").resolve(layer + ".yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "description: " + layer + "\n");
        }
        return to;
    }

    /** The shipped routes, but that feeds of files look ten times as often, and the SIP platform is waited for a fifth as long. */
    static Path eagerRoutes(Path to) throws IOException {
        copy(Path.of("routes"), to);
        for (String feed : new String[] {"import-csv", "import-csv-from-sftp", "publish-credential"}) {
            Path file = to.resolve("orders").resolve(feed + ".camel.yaml");
            String text = Files.readString(file);
            Files.writeString(
                    file,
                    text.replace(" delay: 500\n", " delay: 50\n")
                            .replace(" delay: 2000\n", " delay: 200\n")
                            .replace("readLockCheckInterval: 1000\n", "readLockCheckInterval: 100\n")
                            .replace(" period: 5000\n", " period: 500\n")
                            .replace("maxBlockMs: 5000\n", "maxBlockMs: 1000\n")
                            .replace("requestTimeoutMs: 4000\n", "requestTimeoutMs: 800\n")
                            .replace("deliveryTimeoutMs: 5000\n", "deliveryTimeoutMs: 1000\n"));
        }
        return to;
    }

    private static void copyOne(Path file, Path target) {
        try {
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
