package dev.provhub.ops;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether the route files as they are now are in force. */
public final class RoutesHealth extends HubCheck {
    private final Supplier<Optional<String>> refused;

    /** @param refused what is wrong with the files; empty when nothing is */
    public RoutesHealth(Supplier<Optional<String>> refused) {
        super("routes");
        this.refused = refused;
    }

    @Override
    protected Finding look() {
        return refused.get()
                .map(problem -> Finding.degraded("route files are refused, those before run on: " + problem))
                .orElseGet(Finding::up);
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
