package dev.provhub.ops;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether the server of another, from which orders are fetched, can be reached and gives its files. */
public final class FeedServerHealth extends HubCheck {
    private final Supplier<Optional<String>> trouble;

    /**
     * Needs to be told.
     *
     * @param name    in lower case
     * @param trouble why the last look there failed, without secrets; empty when it did not
     */
    public FeedServerHealth(String name, Supplier<Optional<String>> trouble) {
        super(name);
        this.trouble = trouble;
    }

    @Override
    protected Finding look() {
        return trouble.get().map(Finding::degraded).orElseGet(Finding::up);
    }

    /** It never says down. */
    @Override
    public boolean isReadiness() {
        return false;
    }
}
