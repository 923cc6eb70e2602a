package dev.provhub.routing;

import dev.provhub.config.HubFolders;
import dev.provhub.config.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where route files lie. A site's file stands for the shipped file of the same name, in whatever folder below that lies.
 *
 * @param shipped what comes with the hub
 * @param site    the site's own; may be missing
 * @param ext     Groovy files, each a step; may be missing
 */
public record RouteFolders(Path shipped, Path site, Path ext) {
    private static final int DEPTH = 8;
    private static final String TEST = ".test.yaml";

    /** Those of a hub. */
    public static RouteFolders of(HubFolders folders) {
        return new RouteFolders(
                folders.routes().toAbsolutePath(),
                folders.siteRoutes().toAbsolutePath(),
                folders.ext().toAbsolutePath());
    }

    private TextFiles scripts() {
        return new TextFiles(ext, ".groovy", 1);
    }

    private static TextFiles in(Path folder) {
        return new TextFiles(folder, ".yaml", DEPTH);
    }

    /**
     * All files that count, shipped ones first, in the order of their paths: the same set is always loaded the same way.
     *
     * @throws dev.provhub.config.IllegalConfigurationException when one cannot be read
     */
    public RouteSet read() {
        List<RouteFile> own = files(site, true);
        Set<String> overridden = new HashSet<>();
        own.forEach(file -> overridden.add(file.name()));
        List<RouteFile> all = new ArrayList<>(files(shipped, false));
        all.removeIf(file -> overridden.contains(file.name()));
        all.addAll(own);
        scripts().texts().forEach((path, text) -> all.add(new RouteFile(ext.resolve(path), text, true)));
        List<Path> ignored = new ArrayList<>(ignored(shipped));
        ignored.addAll(ignored(site));
        return new RouteSet(all, ignored);
    }

    private static List<Path> ignored(Path folder) {
        return Stream.concat(
                        in(folder).texts().keySet().stream()
                                .filter(path -> !RouteFile.isOne(path) && !path.endsWith(TEST)),
                        otherwise(folder).texts().keySet().stream())
                .map(folder::resolve)
                .toList();
    }

    /** As others end the names of such files. */
    private static TextFiles otherwise(Path folder) {
        return new TextFiles(folder, ".yml", DEPTH);
    }

    /** Whether a file is the site's own. */
    public boolean isOfSite(Path file) {
        return file.startsWith(site) || file.startsWith(ext);
    }

    /** A file as people name it: below the folder in which the routes' folder lies, or with all of its path. */
    public String name(Path file) {
        if (file.startsWith(shipped)) {
            return shipped.getFileName() + "/" + shipped.relativize(file);
        }
        Path home = shipped.getParent();
        return home != null && file.startsWith(home) ? home.relativize(file).toString() : file.toString();
    }

    /** The shipped files for which a site's own stand. */
    public List<RouteFile> overridden() {
        Set<String> own = new HashSet<>();
        files(site, true).forEach(file -> own.add(file.name()));
        return files(shipped, false).stream()
                .filter(file -> own.contains(file.name()))
                .toList();
    }

    private static List<RouteFile> files(Path folder, boolean site) {
        List<RouteFile> files = new ArrayList<>();
        in(folder).texts().forEach((path, text) -> {
            if (RouteFile.isOne(path)) {
                files.add(new RouteFile(folder.resolve(path), text, site));
            }
        });
        return files;
    }

    /** What changes with the files. */
    public String stamp() {
        return in(shipped).stamp() + "|" + in(site).stamp() + "|" + scripts().stamp() + "|"
                + otherwise(shipped).stamp() + "|" + otherwise(site).stamp();
    }
}
