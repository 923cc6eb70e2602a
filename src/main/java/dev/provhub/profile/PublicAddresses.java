package dev.provhub.profile;

import dev.provhub.device.DeviceModel.Tls;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where devices and people reach the hub: base URLs without a slash at the end. Host names, not IPv6 literals, which the
 * phones' rules cannot hold.
 *
 * @param tftp        {@code tftp://host[:port]}
 * @param http        {@code http://host[:port][/path]}
 * @param https       for TLS 1.2 and newer
 * @param httpsLegacy for TLS 1.0; null when that listener is not enabled: such devices are then sent to {@code https}
 * @param api         base of links in the administration interface
 * @param published   where an ordinary server serves the files that the hub publishes, over TFTP, HTTP or HTTPS; null when there
 *                    is none
 */
public record PublicAddresses(
        String tftp,
        String http,
        String https,
        @Nullable String httpsLegacy,
        String api,
        @Nullable String published) {
    private static final Pattern BASE = Pattern.compile("[a-z]+://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*");

    /** @throws IllegalArgumentException naming the address and what is allowed */
    public PublicAddresses {
        check("tftp", tftp, "tftp://");
        check("http", http, "http://");
        check("https", https, "https://");
        if (httpsLegacy != null) {
            check("https-legacy", httpsLegacy, "https://");
        }
        check("api", api, api.startsWith("https:") ? "https://" : "http://");
        if (published != null) {
            String scheme = published.replaceFirst("://.*", "");
            check("published", published, scheme.matches("tftp|https") ? scheme + "://" : "http://");
        }
    }

    /** Without a server for published files. */
    public PublicAddresses(String tftp, String http, String https, @Nullable String httpsLegacy, String api) {
        this(tftp, http, https, httpsLegacy, api, null);
    }

    /** The same with a server for published files; null for none. */
    public PublicAddresses withPublished(@Nullable String base) {
        return new PublicAddresses(tftp, http, https, httpsLegacy, api, base);
    }

    private static void check(String name, String url, String scheme) {
        if (url.contains("[")) {
            throw new IllegalArgumentException("public address " + name + " '" + url
                    + "' has an IPv6 literal, which the phones cannot take: use a host name");
        }
        if (!url.startsWith(scheme) || !BASE.matcher(url).matches()) {
            throw new IllegalArgumentException("public address " + name + " '" + url + "' is not of the form " + scheme
                    + "host[:port][/path], without a slash at the end");
        }
    }

    /** Base URL of the next step of a bootstrap for devices of a TLS generation. */
    public String secureFor(Tls tls) {
        return tls == Tls.LEGACY && httpsLegacy != null ? httpsLegacy : https;
    }

    /** Base URL for {@code http} or {@code tftp}. */
    String plain(String transport) {
        return transport.equals("tftp") ? tftp : http;
    }

    /** Hosts of all addresses that devices use, each once. */
    List<String> hosts() {
        return Stream.of(tftp, http, https, httpsLegacy, published)
                .filter(Objects::nonNull)
                .map(url -> URI.create(url).getAuthority().replaceFirst(":\\d+$", ""))
                .distinct()
                .toList();
    }

    /** Host and port of each address that is asked over HTTP and HTTPS, in lower case, without the usual ports. */
    Set<String> authorities() {
        return Stream.of(http, https, httpsLegacy)
                .filter(Objects::nonNull)
                .map(url -> URI.create(url)
                        .getAuthority()
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst(url.startsWith("https:") ? ":443$" : ":80$", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which addresses hold for a tenant. Thread-safe. */
    @FunctionalInterface
    public interface ByTenant {
        /** @param tenant null for the provider's default */
        PublicAddresses of(@Nullable String tenant);
    }
}
