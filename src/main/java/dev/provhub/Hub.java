package dev.provhub;

import dev.provhub.command.RunningHub;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.routing.RouteFiles;
import dev.provhub.routing.RouteLoading;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub that serves. */
final class Hub implements RunningHub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final HubParts parts;
    private final CamelContext context;

    private Hub(HubParts parts, CamelContext context) {
        this.parts = parts;
        this.context = context;
    }

    /** Starts a hub whose ports are known, and returns when all its listeners answer. */
    static Hub start(HubConfig config, Clock clock) {
        HubParts parts = HubParts.assemble(config, clock);
        CamelContext context = null;
        try {
            context = HubContext.create(parts);
            RouteLoading.load(context, RouteFiles.below(config.folders().routes()));
            HubContext.secureApi(context, config);
            context.start();
            parts.start();
            LOG.info("Hub serves listeners={} routes={}", config.listeners(), context.getRoutesSize());
            return new Hub(parts, context);
        } catch (Exception e) {
            if (context != null) {
                context.stop();
            }
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

    /** First what is sent by itself, then the listeners and what is in flight, then what the steps stand on. */
    @Override
    public void close() {
        parts.quiesce();
        context.stop();
        parts.close();
        LOG.info("Hub stopped");
    }
}
