package dev.provhub.routing;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads route files into the context that will run them. */
public final class RouteLoading {
    private RouteLoading() {}

    /**
     * Loads a whole set.
     *
     * @param context not started yet
     * @throws Exception what Camel says of the first file that it cannot take
     */
    public static void load(CamelContext context, List<Path> files) throws Exception {
        List<Resource> resources = files.stream()
                .map(file -> ResourceHelper.resolveResource(context, "file:" + file.toAbsolutePath()))
                .toList();
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
    }

    /** What Camel has thrown, as one line for people. */
    public static String reason(Throwable thrown) {
        return Reasons.of(thrown);
    }
}
