package dev.provhub;

import dev.provhub.config.IllegalConfigurationException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The site's own jars. */
final class HubExt {
    private static final Logger LOG = LoggerFactory.getLogger(HubExt.class);

    private HubExt() {}

    /**
     * Finds the hub's classes and those of every jar in a folder. It stays open as long as the program runs, since what was loaded may
     * load more.
     */
    static ClassLoader classes(Path folder) {
        ClassLoader own = HubExt.class.getClassLoader();
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    jars.add(url(jar));
                    LOG.info("Steps of the site's own file={}", jar);
                }
            } catch (IOException e) {
                throw new IllegalConfigurationException("hub.ext = " + folder + " cannot be read: " + e.getMessage());
            }
        }
        return jars.isEmpty() ? own : new URLClassLoader("ext", jars.toArray(URL[]::new), own);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
