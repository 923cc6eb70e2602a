package dev.provhub.ops;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.FleetFigures;
import dev.provhub.device.KeyWays;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether claimed devices wait for a key that they cannot come to with the listeners that are enabled. */
public final class KeyWayHealth extends HubCheck {
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    private final Kept<Finding> finding;

    /** Needs to know which devices there are, and which ways are open. */
    public KeyWayHealth(FleetFigures figures, KeyWays ways, DeviceModels models, Clock clock) {
        super("key-ways");
        this.finding = new Kept<>(() -> find(figures, ways.closedTo(models)), KEPT_FOR, clock);
    }

    private static Finding find(FleetFigures figures, List<DeviceModel> closed) {
        Map<String, Long> waiting = new LinkedHashMap<>();
        closed.forEach(model -> waiting.merge(model.family(), figures.claimedWithoutKey(model.name()), Long::sum));
        if (waiting.isEmpty()) {
            return Finding.up();
        }
        String count = waiting.entrySet().stream()
                .filter(family -> family.getValue() > 0)
                .map(family -> family.getKey() + " (" + family.getValue() + ")")
                .collect(Collectors.joining(", "));
        return count.isEmpty()
                ? Finding.up("no listener for the TLS of " + String.join(", ", waiting.keySet())
                        + " is enabled; no claimed device of these waits for a key")
                : Finding.degraded(
                        "claimed devices have no way to a key, because no listener for their TLS is enabled: " + count
                                + "; hub.https-legacy.enabled opens it");
    }

    @Override
    protected Finding look() {
        return finding.get();
    }

    /** It never says down, and a balancer that asks often is no reason to ask the database. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
