package dev.provhub.routing;

import dev.provhub.config.HubFolders;
import dev.provhub.config.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Those of a folder, and what others may have meant as such. */
    private static TextFiles in(Path folder) {
        return new TextFiles(folder, Set.of(".yaml", ".yml"), DEPTH);
    }

    /**
     * All files that count, shipped ones first, in the order of their paths: the same set is always loaded the same way.
     *
     * @throws dev.provhub.config.IllegalConfigurationException when one cannot be read
     */
    public RouteSet read() {
        Map<String, String> siteTexts = in(site).texts();
        Map<String, String> shippedTexts = in(shipped).texts();
        List<RouteFile> own = files(site, siteTexts, true);
        Set<String> overridden = new HashSet<>();
        own.forEach(file -> overridden.add(file.name()));
        List<RouteFile> all = new ArrayList<>(files(shipped, shippedTexts, false));
        all.removeIf(file -> overridden.contains(file.name()));
        all.addAll(own);
        scripts().texts().forEach((path, text) -> all.add(new RouteFile(ext.resolve(path), text, true)));
        List<Path> ignored = new ArrayList<>(ignored(shipped, shippedTexts));
        ignored.addAll(ignored(site, siteTexts));
        return new RouteSet(all, ignored);
    }

    private static List<Path> ignored(Path folder, Map<String, String> texts) {
        return texts.keySet().stream()
                .filter(path -> !RouteFile.isOne(path) && !path.endsWith(TEST))
                .map(folder::resolve)
                .toList();
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
        files(site, in(site).texts(), true).forEach(file -> own.add(file.name()));
        return files(shipped, in(shipped).texts(), false).stream()
                .filter(file -> own.contains(file.name()))
                .toList();
    }

    private static List<RouteFile> files(Path folder, Map<String, String> texts, boolean site) {
        List<RouteFile> files = new ArrayList<>();
        texts.forEach((path, text) -> {
            if (RouteFile.isOne(path)) {
                files.add(new RouteFile(folder.resolve(path), text, site));
            }
        });
        return files;
    }

    /** What changes with the files. */
    public String stamp() {
        return in(shipped).stamp() + "|" + in(site).stamp() + "|" + scripts().stamp();
    }
}
