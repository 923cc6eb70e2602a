package dev.provhub.profile;

import dev.provhub.device.DeviceModel;
import org.jspecify.annotations.Nullable;

/**
 * What a layer says of one parameter.
 *
 * @param name       as written; {@code _n_} stands for every line
 * @param text       value with placeholders
 * @param userAccess null to leave it as it is
 * @param delays     which firmware it is for
 * @param place      file and line, e.g. {@code layers/plan/office.yaml:7}; null for a layer that is no file
 */
public record LayerValue(
        String name,
        String text,
        @Nullable UserAccess userAccess,
        Delays delays,
        @Nullable String place) {
    /** Stands for the parameter that holds the key: {@code GPP_SA} or {@code GPP_A}, as the model has it. */
    static final String KEY_PARAMETER = "${key.parameter}";

    /** A value for any firmware that leaves the access as it is. */
    public static LayerValue of(String name, String text) {
        return new LayerValue(name, text, null, Delays.ANY, null);
    }

    /** Which firmware a value is for. */
    public enum Delays {
        /** Any. */
        ANY,
        /** Such whose delays may be lists. */
        LISTS,
        /** Such whose delays are single numbers. */
        SINGLE;

        /** @param model null when the model is not known: then lists are not risked */
        boolean fits(@Nullable DeviceModel model) {
            boolean lists = model != null
                    && model.provisionable()
                            .map(DeviceModel.Provisioning::retryLists)
                            .orElse(false);
            return switch (this) {
                case ANY -> true;
                case LISTS -> lists;
                case SINGLE -> !lists;
            };
        }
    }
}
