package dev.provhub.order;

import java.util.Optional;

/** Lets a name pass that no model has, so that everything else of its item can be checked. */
final class AnyModel implements ModelNames {
    private static final int MOST_LINES = 99;

    private final ModelNames known;

    AnyModel(ModelNames known) {
        this.known = known;
    }

    @Override
    public Optional<String> canonicalName(String anyName) {
        return known.canonicalName(anyName).or(() -> Optional.of(anyName));
    }

    @Override
    public int lines(String model) {
        return isKnown(model) ? known.lines(model) : MOST_LINES;
    }

    @Override
    public Optional<String> notProvisionable(String model) {
        return known.notProvisionable(model);
    }

    boolean isKnown(String name) {
        return known.canonicalName(name).isPresent();
    }
}
