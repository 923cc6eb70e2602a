package dev.provhub.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "000e08aabbcc",
                "000E08AABBCC",
                "00:0e:08:aa:bb:cc",
                "00-0E-08-AA-BB-CC",
                "000e.08aa.bbcc",
                " 000e08aabbcc "
            })
    void parse_notationInUse_isTheSameAddress(String text) {
        assertThat(MacAddress.parse(text)).isEqualTo(new MacAddress("000e08aabbcc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "000e08aabbc", "000e08aabbccd", "00:0e-08:aa:bb:cc", "gg0e08aabbcc", "00:0e:08:aa:bbcc"})
    void parse_anythingElse_isRefusedWithTheTextAndWhatIsAllowed(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + text + "'", "twelve hex digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000000000", "00:00:00:00:00:00", "ffffffffffff", "01-00-5e-00-00-01", "0300.0000.0000"})
    void ofDevice_addressOfNoSingleDevice_isRefused(String text) {
        assertThatThrownBy(() -> MacAddress.ofDevice(text))
                .hasMessage("'" + text + "' is the MAC address of no single device: it is all zero, or a group's");
        assertThat(MacAddress.find(text)).as("what a phone asks with").isPresent();
    }

    @Test
    void forms_areThoseOfThePhonesMacros() {
        MacAddress mac = new MacAddress("000e08aabbcc");

        assertThat(mac.upper()).isEqualTo("000E08AABBCC");
        assertThat(mac.withColons()).isEqualTo("00:0e:08:aa:bb:cc");
    }
}
