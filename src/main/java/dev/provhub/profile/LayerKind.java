package dev.provhub.profile;

import java.util.Locale;

/** What a layer is for. The order of the constants is the order in which they are laid over each other. */
public enum LayerKind {
    /** For every device. */
    BASE,
    /** For the devices of a family or a model. */
    MODEL,
    /** For the devices of a tenant. */
    TENANT,
    /** For the devices of a plan. */
    PLAN;

    /** Name of the folder under {@code config/layers}. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
