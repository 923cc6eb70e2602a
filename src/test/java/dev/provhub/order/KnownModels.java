package dev.provhub.order;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A few models, as {@code models.yaml} would know them. */
public final class KnownModels implements ModelNames {
    private static final Map<String, String> NAMES = Map.of(
            "spa508g", "SPA508G", "508g", "SPA508G", "spa112", "SPA112", "cp88413pcc", "CP-8841", "spa302d", "SPA302D");
    private static final Map<String, Integer> LINES = Map.of("SPA508G", 8, "SPA112", 2, "CP-8841", 5);

    @Override
    public Optional<String> canonicalName(String anyName) {
        return Optional.ofNullable(NAMES.get(anyName.toLowerCase(Locale.ROOT).replace("-", "")));
    }

    @Override
    public int lines(String model) {
        return LINES.getOrDefault(model, 0);
    }

    @Override
    public Optional<String> notProvisionable(String model) {
        return model.equals("SPA302D") ? Optional.of("SPA302D is provisioned through its base") : Optional.empty();
    }
}
