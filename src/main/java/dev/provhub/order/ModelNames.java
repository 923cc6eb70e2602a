package dev.provhub.order;

import java.util.Optional;

/** What orders need to know of the models. */
public interface ModelNames {
    /** The one name of a model that may be called by model, product number or series; case and hyphens do not count. */
    Optional<String> canonicalName(String anyName);

    /**
     * How many SIP lines a model has.
     *
     * @param model canonical name
     * @return 0 for what has none
     */
    int lines(String model);

    /**
     * Why a model cannot be provisioned; empty when it can.
     *
     * @param model canonical name
     */
    Optional<String> notProvisionable(String model);
}
