package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubNotifyTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:43210, 192.0.2.7",
        "192.0.2.7, 192.0.2.7",
        "[2001:db8::7]:43210, 2001:db8::7",
        "[2001:db8::7], 2001:db8::7",
        "[fe80::1%eth0]:5, fe80::1",
        "2001:db8:0:0:0:0:0:7, 2001:db8:0:0:0:0:0:7",
        "2001:db8:0:0:0:0:0:7:6969, 2001:db8:0:0:0:0:0:7",
        "fe80:0:0:0:0:0:0:1%eth0:6969, fe80:0:0:0:0:0:0:1"
    })
    void address_ofTheDeviceLog_losesItsPort(String remote, String address) {
        assertThat(HubNotify.address(remote)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "phone.example.net", "phone:5060", "192.0.2:1", "192.0.2.7:", "192.0.2.7:x", "<none>"})
    void address_thatIsNone_isNotGuessed(String remote) {
        assertThat(HubNotify.address(remote)).isEmpty();
    }
}
