package dev.provhub;

import dev.provhub.config.FolderTree;
import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfigReader;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.routing.RouteFolders;
import dev.provhub.routing.RouteLoading;
import dev.provhub.tftp.component.TftpConstants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;

/**
 * What JUnit tests of routes extend: a Camel context with the shipped routes, those of a site, and every step, on an empty database in
 * memory. Nothing listens and no timer runs; what a route takes from is called by {@code direct:}, and a route that takes from
 * somewhere else can be given another beginning by {@code replaceRouteFromWith}. What Camel's own class can do works as ever: mock
 * endpoints, advice, other properties.
 */
public abstract class HubRoutesTestSupport extends CamelMainTestSupport {
    private static final Set<String> CALLED = Set.of("direct", "seda");

    /** For a subclass, of which JUnit makes one for each test unless it says otherwise. */
    protected HubRoutesTestSupport() {}

    /** Where {@code config}, {@code routes} and {@code site} lie: the folder that the system property {@code hub.home} names, or this. */
    protected Path home() {
        return Path.of(System.getProperty("hub.home", "")).toAbsolutePath();
    }

    /** Settings by name, such as {@code hub.routes.site}, besides those of {@code config/hub.properties}. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /**
     * Makes the context.
     *
     * @throws IllegalConfigurationException when a setting or a file is not as it must be
     * @throws Exception                     what Camel says of the first route file that it cannot take
     */
    @Override
    protected CamelContext createCamelContext() throws Exception {
        HubConfig config = HubConfigReader.read(home(), Map.of(), settings());
        Path scratch = Files.createTempDirectory("hub-routes-test");
        HubParts parts = HubParts.assemble(HubParts.forCheck(config, scratch), Main.clock());
        CamelContext context = super.createCamelContext();
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                parts.close();
                deleted(scratch);
            }
        });
        HubContext hub = new HubContext(parts);
        hub.prepare(context);
        parts.steps().forEach(context.getRegistry()::bind);
        // Else a route behind a path of the interface would have no name by which it can be called
        context.getRestConfiguration().setInlineRoutes(false);
        RouteLoading.load(context, RouteFolders.of(config.folders()).read());
        camelContextConfiguration().withAutoStartupExcludePatterns(listening((ModelCamelContext) context));
        return context;
    }

    /**
     * Asks as a phone does over TFTP.
     *
     * @param name of the file
     * @return with the answer in its message, and what was concluded in its properties, such as {@code hubKind}
     */
    protected final Exchange ask(String name) {
        return template().request("direct:answer-device", exchange -> exchange.getMessage()
                .setHeader(TftpConstants.FILE_NAME, name));
    }

    /** Patterns for what would take something from outside. */
    private static String listening(ModelCamelContext context) {
        Set<String> schemes = new TreeSet<>(Set.of("rest"));
        context.getRouteDefinitions().forEach(route -> {
            String uri = route.getInput().getEndpointUri();
            schemes.add(uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri);
        });
        schemes.removeAll(CALLED);
        return String.join(":*,", schemes) + ":*";
    }

    private static void deleted(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be deleted", e);
        }
    }
}
