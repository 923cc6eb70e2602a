package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.PublicUrls;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.Listener;
import dev.provhub.config.Listeners;
import dev.provhub.config.TenantsReader;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.profile.TenantAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * What phones are told, from what was set and, where nothing was, from the machine's own name.
 *
 * @param addresses what phones are told
 * @param tenants   the same by tenant
 * @param remarks   what an operator should know of them, one line each
 */
record PublicNames(PublicAddresses addresses, TenantAddresses tenants, List<String> remarks) {

    static PublicNames of(HubConfig config) {
        PublicUrls set = config.publicUrls();
        Listeners listeners = config.listeners();
        List<String> remarks = new ArrayList<>();
        Derived derived = new Derived(ownName(listeners.http()), remarks);
        try {
            PublicAddresses addresses = new PublicAddresses(
                    derived.orElse("tftp", set.tftp(), "tftp", listeners.tftp()),
                    derived.orElse("http", set.http(), "http", listeners.http()),
                    derived.orElse("https", set.https(), "https", listeners.https()),
                    listeners.httpsLegacyEnabled()
                            ? derived.orElse("https-legacy", set.httpsLegacy(), "https", listeners.httpsLegacy())
                            : null,
                    set.api().isEmpty() ? config.apiUrl() : set.api(),
                    config.publishing().isOn() ? config.publishing().url() : null);
            TenantAddresses tenants =
                    TenantsReader.read(config.folders().config().resolve("tenants.yaml"), addresses);
            return new PublicNames(addresses, tenants, List.copyOf(remarks));
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException(e.getMessage() + " (hub.public.*)");
        }
    }

    /** The names that phones resolve to find the HTTPS listeners; the first for both while there is one. */
    HubSecrets.Hosts certificateNames() {
        String legacy = addresses.httpsLegacy();
        return new HubSecrets.Hosts(hostOf(addresses.https()), hostOf(legacy == null ? addresses.https() : legacy));
    }

    private static String hostOf(String url) {
        return URI.create(url).getHost();
    }

    private static String ownName(Listener http) {
        try {
            if (InetAddress.getByName(http.host()).isLoopbackAddress()) {
                return "localhost";
            }
            return http.isWildcard() ? InetAddress.getLocalHost().getHostName() : http.host();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private record Derived(String host, List<String> remarks) {
        String orElse(String name, String set, String scheme, Listener listener) {
            if (!set.isEmpty()) {
                if (isLoopback(URI.create(set).getHost())) {
                    remarks.add("hub.public." + name + " = " + set
                            + " is this machine alone: no phone elsewhere will find it");
                }
                return set;
            }
            String url = scheme + "://" + host + ":" + listener.port();
            remarks.add("hub.public." + name + " is not set: phones are told " + url
                    + ", derived from this machine's name");
            return url;
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.startsWith("127.");
        }
    }
}
