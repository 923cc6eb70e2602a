package dev.provhub.access;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * The one table of what each path of the administration interface needs. What is not in it needs {@code admin}: a path that
 * somebody has added and forgotten here, one that is written unusually, one that does not exist.
 */
public final class AccessRules {
    private static final List<Rule> RULES = List.of(
            rule("GET", "/api/openapi.json", Role.READ),
            rule("GET", "/api/v1/devices", Role.READ),
            rule("POST", "/api/v1/devices", Role.OPERATE),
            rule("GET", "/api/v1/devices.csv", Role.READ),
            rule("POST", "/api/v1/devices.csv", Role.OPERATE),
            rule("POST", "/api/v1/devices/actions", Role.OPERATE),
            rule("GET", "/api/v1/jobs", Role.READ),
            rule("GET", "/api/v1/jobs/{id}", Role.READ),
            rule("GET", "/api/v1/jobs/{id}/result", Role.READ),
            rule("GET", "/api/v1/devices/{mac}", Role.READ),
            rule("PUT", "/api/v1/devices/{mac}", Role.OPERATE),
            rule("PATCH", "/api/v1/devices/{mac}", Role.OPERATE),
            rule("DELETE", "/api/v1/devices/{mac}", Role.OPERATE),
            rule("GET", "/api/v1/devices/{mac}/key", Role.ADMIN),
            rule("GET", "/api/v1/devices/{mac}/admin-password", Role.ADMIN),
            rule("GET", "/api/v1/devices/{mac}/profile", Role.READ),
            rule("GET", "/api/v1/devices/{mac}/profile/diff", Role.READ),
            rule("GET", "/api/v1/devices/{mac}/profiles", Role.READ),
            rule("GET", "/api/v1/devices/{mac}/spc", Role.ADMIN),
            rule("GET", "/api/v1/devices/{mac}/contacts", Role.READ),
            rule("GET", "/api/v1/contacts", Role.READ),
            rule("GET", "/api/v1/devices/{mac}/report", Role.READ),
            rule("GET", "/api/v1/devices/{mac}/drift", Role.READ),
            rule("POST", "/api/v1/devices/{mac}/drift", Role.OPERATE),
            rule("POST", "/api/v1/devices/{mac}/rotate-key", Role.OPERATE),
            rule("POST", "/api/v1/devices/{mac}/notify", Role.OPERATE),
            rule("POST", "/api/v1/devices/{mac}/resync", Role.OPERATE),
            rule("GET", "/api/v1/devices/{mac}/notifications", Role.READ),
            rule("DELETE", "/api/v1/devices/{mac}/certificate", Role.ADMIN),
            rule("GET", "/api/v1/certificates", Role.READ),
            rule("GET", "/api/v1/claims", Role.READ),
            rule("POST", "/api/v1/claims", Role.OPERATE),
            rule("DELETE", "/api/v1/claims", Role.OPERATE),
            rule("GET", "/api/v1/grants", Role.READ),
            rule("POST", "/api/v1/grants", Role.ADMIN),
            rule("DELETE", "/api/v1/grants/{id}", Role.ADMIN),
            rule("GET", "/api/v1/revocations", Role.READ),
            rule("POST", "/api/v1/revocations", Role.OPERATE),
            rule("DELETE", "/api/v1/revocations/{kind}/{what}", Role.ADMIN),
            rule("GET", "/api/v1/certificates/trust", Role.READ),
            rule("GET", "/api/v1/firmware", Role.READ),
            rule("POST", "/api/v1/firmware", Role.OPERATE),
            rule("GET", "/api/v1/firmware/{file}", Role.READ),
            rule("POST", "/api/v1/firmware/{file}/retire", Role.OPERATE),
            rule("GET", "/api/v1/health", Role.READ),
            rule("GET", "/api/v1/log-levels", Role.ADMIN),
            rule("PUT", "/api/v1/log-levels", Role.ADMIN),
            rule("GET", "/api/v1/silent-devices", Role.READ),
            rule("GET", "/api/v1/routes", Role.READ),
            rule("GET", "/api/v1/routes/{id}", Role.READ),
            rule("POST", "/api/v1/routes/{id}/{command}", Role.OPERATE),
            rule("GET", "/api/v1/devices/{mac}/trace", Role.READ),
            rule("POST", "/api/v1/devices/{mac}/trace", Role.OPERATE),
            rule("GET", "/api/v1/rollouts", Role.READ),
            rule("POST", "/api/v1/rollouts", Role.OPERATE),
            rule("GET", "/api/v1/rollouts/{id}", Role.READ),
            rule("GET", "/api/v1/rollouts/{id}/devices", Role.READ),
            rule("POST", "/api/v1/rollouts/{id}/{action}", Role.OPERATE),
            rule("GET", "/api/v1/hold", Role.READ),
            rule("POST", "/api/v1/hold", Role.OPERATE),
            rule("DELETE", "/api/v1/hold", Role.OPERATE),
            rule("GET", "/api/v1/layers", Role.READ),
            rule("POST", "/api/v1/layers/release", Role.OPERATE),
            rule("POST", "/api/v1/layers/dry-run", Role.OPERATE),
            rule("POST", "/api/v1/imports", Role.ORDER),
            rule("GET", "/api/v1/imports", Role.READ),
            rule("GET", "/api/v1/faults", Role.READ),
            rule("GET", "/api/v1/faults/{id}", Role.READ),
            rule("POST", "/api/v1/faults/{id}/retry", Role.OPERATE),
            rule("DELETE", "/api/v1/faults/{id}", Role.OPERATE),
            rule("GET", "/api/v1/audit", Role.ADMIN),
            rule("GET", "/api/v1/backup", Role.ADMIN),
            rule("GET", "/api/v1/master-key", Role.ADMIN),
            rule("POST", "/api/v1/master-key/rotate", Role.ADMIN),
            rule("GET", "/api/v1/tokens", Role.ADMIN),
            rule("POST", "/api/v1/tokens", Role.ADMIN),
            rule("DELETE", "/api/v1/tokens/{id}", Role.ADMIN),
            rule("POST", "/api/v1/tokens/{id}/rotate", Role.ADMIN),
            rule("GET", "/metrics", Role.READ),
            rule("GET", "/tmf-api/serviceOrdering/v4/serviceOrder", Role.READ),
            rule("POST", "/tmf-api/serviceOrdering/v4/serviceOrder", Role.ORDER),
            rule("GET", "/tmf-api/serviceOrdering/v4/serviceOrder/{id}", Role.READ),
            rule("PATCH", "/tmf-api/serviceOrdering/v4/serviceOrder/{id}", Role.ORDER),
            rule("DELETE", "/tmf-api/serviceOrdering/v4/serviceOrder/{id}", Role.ORDER),
            rule("GET", "/tmf-api/serviceOrdering/v4/cancelServiceOrder", Role.READ),
            rule("POST", "/tmf-api/serviceOrdering/v4/cancelServiceOrder", Role.ORDER),
            rule("GET", "/tmf-api/serviceOrdering/v4/cancelServiceOrder/{id}", Role.READ),
            rule("POST", "/tmf-api/serviceOrdering/v4/hub", Role.ORDER),
            rule("DELETE", "/tmf-api/serviceOrdering/v4/hub/{id}", Role.ORDER),
            rule("GET", "/tmf-api/resourceInventoryManagement/v4/resource", Role.READ),
            rule("GET", "/tmf-api/resourceInventoryManagement/v4/resource/{id}", Role.READ),
            rule("GET", "/tmf-api/serviceInventory/v4/service", Role.READ),
            rule("GET", "/tmf-api/serviceInventory/v4/service/{id}", Role.READ),
            rule("GET", "/api/v1/order-events/listeners", Role.READ));

    private AccessRules() {}

    private record Rule(PathPattern path, Role role) {}

    private static Rule rule(String method, String path, Role role) {
        return new Rule(PathPattern.of(method, path), role);
    }

    /**
     * What is needed to ask for this.
     *
     * @param method of HTTP; {@code HEAD} counts as {@code GET}
     * @param path   decoded, from the first slash
     */
    public static Role needed(String method, String path) {
        return PathPattern.closest(RULES, Rule::path, method, path)
                .map(Rule::role)
                .orElse(Role.ADMIN);
    }

    /**
     * Whether the table has this.
     *
     * @param method of HTTP; {@code HEAD} counts as {@code GET}
     * @param path   decoded, from the first slash
     */
    public static boolean isKnown(String method, String path) {
        return PathPattern.closest(RULES, Rule::path, method, path).isPresent();
    }

    /**
     * Methods that the table has for a path.
     *
     * @param path decoded, from the first slash
     * @return in alphabetical order; empty for a path that is not in it
     */
    public static SortedSet<String> methods(String path) {
        return PathPattern.methods(RULES, Rule::path, path);
    }

    /** Every row of the table, as {@code GET /api/v1/layers read}: what documentation and tests are held against. */
    public static List<String> all() {
        return RULES.stream()
                .map(rule -> rule.path().method().toUpperCase(Locale.ROOT) + " "
                        + String.join("/", rule.path().segments()) + " "
                        + rule.role().word())
                .toList();
    }
}
