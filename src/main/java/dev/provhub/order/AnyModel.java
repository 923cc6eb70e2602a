package dev.provhub.order;

import java.util.Optional;

/** Lets a name pass that no model has, so that everything else of its item can be checked. */
public final class AnyModel implements ModelNames {
    private static final int MOST_LINES = 99;

    private final ModelNames known;

    /** @param known the models that there are */
    public AnyModel(ModelNames known) {
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

    /** Which information an item waits for, for the orderer; empty when its model is known or not told. */
    public Optional<String> wanted(LineOrder line, OrderMapping mapping) {
        return line.model()
                .filter(model -> !isKnown(model))
                .map(model -> mapping.nameOf(OrderField.DEVICE_MODEL) + " '" + model
                        + "' is not known: a model, product number or series of models.yaml is needed");
    }

    private boolean isKnown(String name) {
        return known.canonicalName(name).isPresent();
    }
}
