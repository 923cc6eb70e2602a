package dev.provhub;

import dev.provhub.command.RunningHub;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.ops.logging.GoneClients;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.routing.RouteLoading;
import dev.provhub.routing.Trace;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub that serves. */
final class Hub implements RunningHub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final HubParts parts;
    private final HubRoutes routes;

    private Hub(HubParts parts, HubRoutes routes) {
        this.parts = parts;
        this.routes = routes;
    }

    /** Starts a hub whose ports are known, and returns when all its listeners answer. */
    static Hub start(HubConfig config, Clock clock) {
        GoneClients.keepOut();
        HubParts parts = HubParts.assemble(config, clock);
        HubRoutes routes = parts.routes();
        try {
            routes.start(new HubContext(parts));
            parts.start();
            LOG.info("Hub serves listeners={} routes={}", config.listeners(), routes.size());
            return new Hub(parts, routes);
        } catch (Exception e) {
            routes.close();
            parts.close();
            throw e instanceof IllegalConfigurationException refusal
                    ? refusal
                    : new IllegalConfigurationException(
                            "the routes in " + config.folders().routes() + " cannot be started: "
                                    + RouteLoading.reason(e) + " (./hub check says more)");
        }
    }

    @Override
    public HubConfig config() {
        return parts.config();
    }

    @Override
    public PublicAddresses publicAddresses() {
        return parts.publicAddresses();
    }

    @Override
    public List<String> notices() {
        return parts.notices();
    }

    @Override
    public void follow(Consumer<Trace> told) {
        routes.follow(told);
    }

    /** First what is sent by itself, then the listeners and what is in flight, then what the steps stand on. */
    @Override
    public void close() {
        parts.quiesce();
        routes.close();
        parts.close();
        LOG.info("Hub stopped");
    }
}
