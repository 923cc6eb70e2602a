package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Nearest;
import dev.provhub.device.UnitOfWork;
import dev.provhub.routing.RouteProblem;
import dev.provhub.routing.RoutesState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code routes}: the routes that run. */
public final class RoutesStep {
    private static final Logger LOG = LoggerFactory.getLogger(RoutesStep.class);
    private static final Set<String> STOPPING = Set.of("stop", "suspend");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Routes routes;
    private final UnitOfWork work;
    private final AuditLog audit;

    /** What runs. */
    public interface Routes {
        /** How all are. */
        RoutesState state();

        /** A picture of one, as Mermaid draws it; empty when there is no such route. */
        Optional<String> picture(String id);

        /**
         * Does what somebody says.
         *
         * @throws IllegalArgumentException when there is no such route or command
         * @throws Exception                why it cannot be done
         */
        void command(String id, String command) throws Exception;

        /** A file as people name it: below the folder of the hub when it lies there. */
        String name(Path file);

        /** Whether a file is the site's own. */
        boolean isOfSite(Path file);
    }

    /** Needs the routes, and where commands are written down. */
    public RoutesStep(Routes routes, UnitOfWork work, AuditLog audit) {
        this.routes = routes;
        this.work = work;
        this.audit = audit;
    }

    /** 200 with all routes, and with what is wrong with the files as they are. */
    public void list(Exchange exchange) {
        RoutesState state = routes.state();
        ObjectNode json = JSON.createObjectNode().put("since", state.since().toString());
        json.putObject("reloads")
                .put("applied", state.reloads().applied())
                .put("refused", state.reloads().refused())
                .put("failed", state.reloads().failed())
                .put("withdrawn", state.reloads().withdrawn());
        ArrayNode problems = json.putArray("problems");
        state.refused().forEach(problem -> add(problems, problem));
        ArrayNode warnings = json.putArray("warnings");
        state.warnings().forEach(problem -> add(warnings, problem));
        ArrayNode all = json.putArray("routes");
        state.routes().forEach(route -> all.add(json(route)));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    private void add(ArrayNode problems, RouteProblem problem) {
        problems.addObject()
                .put("file", routes.name(problem.file()))
                .put("line", problem.line())
                .put("column", problem.column())
                .put("site", routes.isOfSite(problem.file()))
                .put("reason", problem.message())
                .put("suggestion", problem.suggestion().isEmpty() ? null : problem.suggestion());
    }

    /** 200 with one, and with its picture; 404. */
    public void show(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            String id = exchange.getMessage().getHeader("id", "", String.class);
            RoutesState.Running route = find(id);
            ObjectNode json = json(route);
            json.put("mermaid", routes.picture(id).orElse(null));
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    private RoutesState.Running find(String id) {
        List<RoutesState.Running> all = routes.state().routes();
        return all.stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(404, "there is no such route" + near(id, all)));
    }

    private static String near(String id, List<RoutesState.Running> all) {
        String near = Nearest.of(id, all.stream().map(RoutesState.Running::id).toList());
        return near.isEmpty() ? "" : "; did you mean '" + near + "'?";
    }

    /** {@code start}, {@code stop}, {@code suspend} or {@code resume}: 200 with the route; 404; 409 with the reason; 422. */
    public void command(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            String id = exchange.getMessage().getHeader("id", "", String.class);
            String command = exchange.getMessage().getHeader("command", "", String.class);
            String who = HubExchange.caller(exchange);
            find(id);
            if (STOPPING.contains(command)) {
                notItself(exchange, id);
            }
            carryOut(id, command);
            work.run(() -> {
                audit.add(who, "route " + command + " route=" + id);
                return id;
            });
            LOG.info("Route told route={} command={} by={}", id, command, who);
            ApiAnswers.json(exchange, 200, json(find(id)).toString());
        });
    }

    /** By what is told to stop nobody could be told to start again. */
    private static void notItself(Exchange exchange, String id) {
        if (id.equals(exchange.getFromRouteId()) || id.equals(ExchangeHelper.getRouteId(exchange))) {
            throw new ApiRefusal(409, "route " + id + " carries this command: stopped, it could not be started again");
        }
    }

    private void carryOut(String id, String command) {
        try {
            routes.command(id, command);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("Route cannot be told route={} command={}", id, command, e);
            throw new ApiRefusal(409, "it cannot be done: " + e.getMessage());
        }
    }

    private ObjectNode json(RoutesState.Running route) {
        RoutesState.Figures figures = route.figures();
        RoutesState.Place place = figures.lastErrorIn();
        return JSON.createObjectNode()
                .put("id", route.id())
                .put("description", route.description())
                .put("from", route.from())
                .put("state", route.state())
                .put("file", routes.name(route.file()))
                .put("line", route.line())
                .put("site", route.site())
                .put("exchanges", figures.exchanges())
                .put("failures", figures.failures())
                .put("inFlight", figures.inFlight())
                .put("meanMillis", rounded(figures.meanMillis()))
                .put("worstMillis", rounded(figures.worstMillis()))
                .put("lastError", figures.lastError())
                .put("lastErrorAt", text(figures.lastErrorAt()))
                .put("lastErrorStep", place == null ? null : place.step())
                .put("lastErrorWhere", place == null ? null : where(place));
    }

    /** {@code routes/x.camel.yaml:12, ext/y.groovy:3}; null when neither is known. */
    private @Nullable String where(RoutesState.Place place) {
        String file = place.file() == null ? "" : routes.name(place.file()) + ":" + place.line();
        String both = file + (file.isEmpty() || place.script().isEmpty() ? "" : ", ") + place.script();
        return both.isEmpty() ? null : both;
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }

    private static @Nullable String text(@Nullable Object perhaps) {
        return perhaps == null ? null : perhaps.toString();
    }
}
