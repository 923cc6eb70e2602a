package dev.provhub.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What all health checks of the context have found, by name. Checks that others have added count as well.
 *
 * @param checks in order of their names
 */
record HealthReport(List<Check> checks) {
    private static final String OF_FEED = "consumer:";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A check and what it has found. */
    record Check(String name, Finding finding) {}

    /** Asks every check. */
    static HealthReport of(CamelContext context) {
        return new HealthReport(HealthCheckHelper.invoke(context).stream()
                .map(result -> new Check(result.getCheck().getId(), finding(result)))
                // Camel has one for each route, as soon as any component asks for such checks
                .filter(check ->
                        !check.name().startsWith(OF_FEED) || check.finding().state() != Finding.State.UP)
                .sorted(Comparator.comparing(Check::name))
                .toList());
    }

    /** Whether a check is one that Camel makes of its own for what brings messages: the hub serves phones without it. */
    static boolean isOfFeed(HealthCheck check) {
        return check.getId().startsWith(OF_FEED);
    }

    private static Finding finding(HealthCheck.Result result) {
        boolean isDown = result.getState() == HealthCheck.State.DOWN;
        boolean isDegraded = Boolean.TRUE.equals(result.getDetails().get(HubCheck.DEGRADED))
                || (isDown && isOfFeed(result.getCheck()));
        Finding.State state = isDegraded ? Finding.State.DEGRADED : isDown ? Finding.State.DOWN : Finding.State.UP;
        return new Finding(state, result.getMessage().orElse(null));
    }

    /** The worst of all. */
    Finding.State worst() {
        return checks.stream()
                .map(check -> check.finding().state())
                .max(Comparator.naturalOrder())
                .orElse(Finding.State.UP);
    }

    String json() {
        ObjectNode json = JSON.createObjectNode().put("status", worst().name());
        ArrayNode all = json.putArray("checks");
        checks.forEach(check -> all.addObject()
                .put("name", check.name())
                .put("state", check.finding().state().name())
                .put("reason", check.finding().reason()));
        return json.toString();
    }
}
