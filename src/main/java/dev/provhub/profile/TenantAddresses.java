package dev.provhub.profile;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The public addresses of everybody, and of tenants that have their own. Says which tenant a request names by the host that it
 * was sent to. Immutable; any thread may ask.
 */
public final class TenantAddresses implements PublicAddresses.ByTenant {
    private final PublicAddresses everybody;
    private final Map<String, PublicAddresses> own;
    private final Map<String, String> byHost = new HashMap<>();

    /**
     * Makes them.
     *
     * @param everybody what holds for tenants that have no addresses of their own, and without a tenant
     * @param own       whole sets of addresses by tenant
     * @throws IllegalArgumentException when two tenants have the same host and port, so that nobody can tell them apart
     */
    public TenantAddresses(PublicAddresses everybody, Map<String, PublicAddresses> own) {
        this.everybody = everybody;
        this.own = Map.copyOf(own);
        Set<String> shared = everybody.authorities();
        new TreeMap<>(own).forEach((tenant, addresses) -> addresses.authorities().stream()
                .filter(host -> !shared.contains(host))
                .forEach(host -> add(host, tenant)));
    }

    private void add(String host, String tenant) {
        String other = byHost.put(host, tenant);
        if (other != null) {
            throw new IllegalArgumentException(
                    "tenants " + other + " and " + tenant + " have the same public address " + host);
        }
    }

    /** The same addresses for all tenants. */
    public static TenantAddresses same(PublicAddresses everybody) {
        return new TenantAddresses(everybody, Map.of());
    }

    @Override
    public PublicAddresses of(@Nullable String tenant) {
        return tenant == null ? everybody : own.getOrDefault(tenant, everybody);
    }

    /**
     * The tenant whose own address a request was sent to.
     *
     * @param host host and port as the request names them, without the port where it is the usual one; null when it names none
     */
    public Optional<String> atHost(@Nullable String host) {
        return host == null
                ? Optional.empty()
                : Optional.ofNullable(byHost.get(host.strip().toLowerCase(Locale.ROOT)));
    }

    /** The tenant with addresses of its own that a word names, upper and lower case alike. */
    public Optional<String> named(@Nullable String word) {
        return own.keySet().stream().filter(name -> name.equalsIgnoreCase(word)).findFirst();
    }

    /** Whether a tenant of just this name has addresses of its own. */
    public boolean isNamed(String tenant) {
        return own.containsKey(tenant);
    }

    /** Whether a tenant is asked at a host of its own over HTTP. */
    public boolean hasOwnHttp(String tenant) {
        return !of(tenant).http().equals(everybody.http());
    }
}
