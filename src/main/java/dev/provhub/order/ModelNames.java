package dev.provhub.order;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import java.util.Optional;

/** What orders need to know of the models. */
public interface ModelNames {
    /** Those of some models. */
    static ModelNames of(DeviceModels models) {
        return new ModelNames() {
            @Override
            public Optional<String> canonicalName(String anyName) {
                return models.find(anyName).map(DeviceModel::name);
            }

            @Override
            public int lines(String model) {
                return models.named(model).map(DeviceModel::lines).orElse(0);
            }

            @Override
            public Optional<String> notProvisionable(String model) {
                return models.named(model).map(DeviceModel::notProvisionable);
            }
        };
    }

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
