package dev.provhub.routing;

import dev.provhub.config.IllegalConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads pieces of route files into a context. */
public final class RouteLoading {
    private RouteLoading() {}

    /**
     * Loads some pieces, each in the lines that it has in its file.
     *
     * @param context not started yet
     * @param all     every piece of the files
     * @throws Exception what Camel says of the first file that it cannot take
     */
    static void load(CamelContext context, List<RoutePart> all, Collection<RoutePart> wanted) throws Exception {
        List<Resource> resources = new ArrayList<>();
        List<RoutePart> chosen = List.copyOf(wanted);
        chosen.stream().map(RoutePart::file).filter(RouteFile::isGroovy).forEach(file -> bind(context, file));
        // A kamelet is there before somebody names it
        chosen.stream()
                .map(RoutePart::file)
                .distinct()
                .filter(RouteFile::isKamelet)
                .forEach(file -> resources.add(resource(file, file.text())));
        all.stream()
                .filter(chosen::contains)
                .map(RoutePart::file)
                .distinct()
                .filter(file -> !file.isKamelet() && !file.isGroovy())
                .forEach(file -> resources.add(resource(file, RouteParts.only(file, all, chosen))));
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
    }

    /**
     * Loads a whole set as one, without listening.
     *
     * @param context not started yet
     * @throws IllegalConfigurationException when a file is no YAML
     * @throws Exception                     what Camel says of the first file that it cannot take
     */
    public static void load(CamelContext context, RouteSet set) throws Exception {
        List<RoutePart> all = new ParsedFiles().parts(set);
        load(context, all, all);
    }

    /** A step of the site's own under its name. */
    static void bind(CamelContext context, RouteFile script) {
        context.getRegistry()
                .bind(script.step(), GroovyStep.compile(script, context.getApplicationContextClassLoader()));
    }

    static Resource resource(RouteFile file, String text) {
        return ResourceHelper.fromString("file:" + file.file().toAbsolutePath(), text);
    }

    /** What Camel has thrown, as one line for people. */
    public static String reason(Throwable thrown) {
        return Reasons.of(thrown);
    }
}
