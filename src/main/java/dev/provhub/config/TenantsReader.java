package dev.provhub.config;

import dev.provhub.profile.PublicAddresses;
import dev.provhub.profile.TenantAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code config/tenants.yaml}: tenants that are reached at addresses of their own. */
public final class TenantsReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private TenantsReader() {}

    /**
     * Reads it, if it is there.
     *
     * @param everybody what holds where a tenant does not say otherwise
     * @throws IllegalConfigurationException when something is wrong, with file and line
     */
    public static TenantAddresses read(Path file, PublicAddresses everybody) {
        if (!Files.exists(file)) {
            return TenantAddresses.same(everybody);
        }
        YamlNode root = YamlNode.read(file).allow(Set.of("tenants"));
        Map<String, PublicAddresses> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        root.get("tenants").entries().forEach((name, node) -> {
            if (!name.matches(NAME)) {
                throw node.problem("tenant '" + name
                        + "' is not 1 to 63 letters, digits, '.', '_' or '-', a letter or digit in front");
            }
            if (own.put(name, addresses(node.allow(Set.of("public")).get("public"), everybody)) != null) {
                throw node.problem("tenant '" + name + "' stands here twice");
            }
        });
        try {
            return new TenantAddresses(everybody, own);
        } catch (IllegalArgumentException e) {
            throw root.problem(String.valueOf(e.getMessage()));
        }
    }

    private static PublicAddresses addresses(YamlNode node, PublicAddresses everybody) {
        node.allow(Set.of("tftp", "http", "https", "https-legacy"));
        try {
            return new PublicAddresses(
                    text(node, "tftp").orElse(everybody.tftp()),
                    text(node, "http").orElse(everybody.http()),
                    text(node, "https").orElse(everybody.https()),
                    // Without that listener there is no such address, whatever a tenant says
                    everybody.httpsLegacy() == null
                            ? null
                            : text(node, "https-legacy").orElse(everybody.httpsLegacy()),
                    everybody.api(),
                    everybody.published());
        } catch (IllegalArgumentException e) {
            throw node.problem(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(YamlNode node, String name) {
        return node.findText(name).map(url -> url.replaceFirst("/+$", ""));
    }
}
