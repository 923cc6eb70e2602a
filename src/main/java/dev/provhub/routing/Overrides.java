package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shipped files for which a site's own stand. Beside each of these lies the shipped file as it was when the site's was made of it,
 * under the same name with {@value #ENDING} behind it: so it can be told later what an upgrade has changed.
 */
public final class Overrides {
    static final String ENDING = ".shipped";

    private final RouteFolders folders;

    /** @param folders where both lie */
    public Overrides(RouteFolders folders) {
        this.folders = folders;
    }

    /**
     * One that stands for a shipped file.
     *
     * @param own        the site's
     * @param shipped    for which it stands
     * @param isRecorded whether it is known of what it was made
     * @param diff       what has changed in the shipped file since; empty for nothing
     */
    public record One(Path own, Path shipped, boolean isRecorded, String diff) {
        /** Whether somebody has to look at it. */
        public boolean isBehind() {
            return !diff.isEmpty();
        }

        /** As people are told; empty when there is nothing to be told. */
        public String remark() {
            if (!isRecorded) {
                return own + " stands for " + shipped
                        + ", but it is not known of which edition it was made; './hub routes adopt " + own.getFileName()
                        + "' notes that it is of this one";
            }
            return isBehind()
                    ? own + " has fallen behind " + shipped + ", which has changed since it was made of it:\n"
                            + diff.indent(2).stripTrailing()
                            + "\n  './hub routes adopt " + own.getFileName() + "' when it has what it needs of that"
                    : "";
        }
    }

    /** Every override there is. */
    public List<One> all() {
        return folders.overridden().stream().map(this::one).toList();
    }

    private One one(RouteFile shipped) {
        Path own = own(shipped.name());
        Path base = base(own);
        if (!Files.exists(base)) {
            return new One(own, shipped.file(), false, "");
        }
        return new One(own, shipped.file(), true, TextDiff.of(read(base), shipped.text()));
    }

    private Path own(String name) {
        return folders.read().files().stream()
                .filter(file -> file.site() && file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalConfigurationException("no file of the site's own is called " + name))
                .file();
    }

    private static Path base(Path own) {
        return own.resolveSibling(own.getFileName() + ENDING);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalConfigurationException(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Copies a shipped file to where the site's own lie, to be edited there.
     *
     * @param name of the file, or of the route that is called as the file is
     * @return the copy
     * @throws IllegalConfigurationException when there is no such file, or the site has one already
     */
    public Path make(String name) {
        String file = fileName(name);
        RouteFile shipped = shipped(file)
                .orElseThrow(() -> new IllegalConfigurationException(
                        folders.overridden().stream().anyMatch(one -> one.name().equals(file))
                                ? "the site has its own " + file + " already: " + own(file)
                                : "no shipped file is called " + file));
        Path own = folders.site().resolve(folders.shipped().relativize(shipped.file()));
        write(own, shipped.text());
        write(base(own), shipped.text());
        return own;
    }

    /**
     * Notes that a site's file is made of the shipped one as that is now.
     *
     * @throws IllegalConfigurationException when the site has no such file, or it stands for no shipped one
     */
    public Path adopt(String name) {
        String file = fileName(name);
        RouteFile shipped = folders.overridden().stream()
                .filter(one -> one.name().equals(file))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalConfigurationException("no file of the site's own stands for a shipped " + file));
        Path own = own(file);
        write(base(own), shipped.text());
        return own;
    }

    private static String fileName(String name) {
        return name.endsWith(".yaml") ? name : name + RouteFiles.ENDING;
    }

    private Optional<RouteFile> shipped(String name) {
        return folders.read().files().stream()
                .filter(file -> !file.site() && file.name().equals(name))
                .findFirst();
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
