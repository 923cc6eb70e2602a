package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static final Listener ANY = new Listener("127.0.0.1", 0);

    @Test
    void resolved_portZero_picksFreePorts() {
        Listeners resolved = new Listeners(ANY, ANY, ANY, ANY, true, ANY).resolved();

        assertThat(resolved.tftp().port()).isPositive();
        assertThat(resolved.http().port())
                .isPositive()
                .isNotEqualTo(resolved.https().port());
        assertThat(resolved.httpsLegacy().port()).isPositive();
    }

    @Test
    void resolved_portTaken_isRefusedWithSettingValueAndWhatIsAllowed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Listener http = new Listener("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> new Listeners(ANY, http, ANY, ANY, false, ANY).resolved())
                    .isInstanceOf(IllegalConfigurationException.class)
                    .hasMessageContainingAll("hub.http.port = " + taken.getLocalPort(), "allowed is a free port");
        }
    }

    @Test
    void resolved_legacyDisabled_leavesItsPortAlone() {
        assertThat(new Listeners(ANY, ANY, ANY, ANY, false, ANY).resolved().httpsLegacy())
                .isEqualTo(ANY);
    }
}
