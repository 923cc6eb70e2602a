package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.order.event.CallbackRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class PublicHostsTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "inside.example.net", List.of("10.0.0.5", "169.254.169.254"),
            "both.example.net", List.of("10.0.0.5", "8.8.8.8"),
            "oss.internal", List.of("10.0.0.7"));

    private final PublicHosts hosts =
            new PublicHosts(new CallbackRules(List.of(URI.create("http://oss.internal/events"))), new Names());

    /** A resolver of names under somebody else's control. */
    private static final class Names implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            List<String> addresses = NAMES.getOrDefault(host, List.of());
            InetAddress[] all = new InetAddress[addresses.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses.get(i));
            }
            return all;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void resolve_nameOfInsideAddresses_isForbidden() {
        assertThatThrownBy(() -> hosts.resolve("inside.example.net"))
                .isInstanceOf(PublicHosts.Forbidden.class)
                .hasMessage("the listener's name has no public address");
    }

    @Test
    void resolve_mixed_leavesTheInsideOut() throws Exception {
        assertThat(Arrays.stream(hosts.resolve("both.example.net")).map(InetAddress::getHostAddress))
                .containsExactly("8.8.8.8");
    }

    @Test
    void resolve_whatAnOperatorAllows_isAsItIs() throws Exception {
        assertThat(Arrays.stream(hosts.resolve("oss.internal")).map(InetAddress::getHostAddress))
                .containsExactly("10.0.0.7");
    }
}
