package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterDictionaryTest {
    private final ParameterDictionary dictionary = ShippedConfig.DICTIONARY;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Profile_Rule, Profile_Rule, -, false, true",
                "Proxy_1_, Proxy_n_, 1, false, true",
                "Proxy_12_, Proxy_n_, 12, false, true",
                "Proxy_n_, Proxy_n_, -, true, true",
                "Auth_Resync-Reboot_2_, Auth_Resync-Reboot_n_, 2, false, true",
                "Speed_Dial_3_2_, Speed_Dial_k_n_, 2, false, true",
                "Speed_Dial_3_n_, Speed_Dial_k_n_, -, true, true",
                "Speed_Dial_k_n_, Speed_Dial_k_n_, -, true, false",
                "Default_Ring__1__, Default_Ring__n__, 1, false, true",
                "Outbound_call_w_o_BLA_dialog_4_, Outbound_call_w_o_BLA_dialog_n_, 4, false, true",
                "GW2_Auth_ID_1_, GW2_Auth_ID_n_, 1, false, true",
                "router-configuration/Internet_Option/DNS, router-configuration/Internet_Option/DNS, -, false, true",
            })
    void find_nameAsWritten_givesParameterAndLine(
            String name, String parameter, Integer line, boolean everyLine, boolean concrete) {
        ParameterDictionary.Named named = dictionary.find(name).orElseThrow();
        assertThat(named.parameter().name()).isEqualTo(parameter);
        assertThat(named.line()).isEqualTo(line);
        assertThat(named.everyLine()).isEqualTo(everyLine);
        assertThat(named.concrete()).isEqualTo(concrete);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy_1_", "Proxy_1", "Proxy_x_", "No_Such", "Proxy_1234_"})
    void find_otherName_givesNothing(String name) {
        assertThat(dictionary.find(name)).isEmpty();
    }

    @Test
    void forLine_nameForEveryLine_hasTheNumber() {
        assertThat(dictionary.find("Speed_Dial_3_n_").orElseThrow().forLine(2)).isEqualTo("Speed_Dial_3_2_");
        assertThat(dictionary.find("Proxy_1_").orElseThrow().forLine(2)).isEqualTo("Proxy_1_");
    }

    @Test
    void defaultFor_perGroup_isTheGroups() {
        Parameter delay =
                dictionary.find("Resync_Error_Retry_Delay").orElseThrow().parameter();
        assertThat(delay.defaultFor("SPA9xx")).contains("3600");
        assertThat(delay.defaultFor("MPP"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("60,120,240,"));
        Parameter rule =
                dictionary.find("Daylight_Saving_Time_Rule").orElseThrow().parameter();
        assertThat(rule.defaultFor("SPA2102/3102/8000/PAP2T")).contains("start=4/1/7;end=10/-1/7;save=1");
        assertThat(rule.defaultFor("SPA9xx")).contains("");
        assertThat(rule.defaultFor("MPP")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Line_Enable_1_, Yes",
        "Line_Enable_1_, no",
        "SIP_Transport_1_, TLS",
        "Resync_Random_Delay, 65535",
        "Resync_Random_Delay, 0x10",
        "Resync_Periodic, 3600",
        "Resync_Periodic, '60+60,300+300'",
        "Resync_Periodic, ''",
        "SIP_T1, .5",
        "SIP_Port_1_, 5060",
        "Primary_DNS, 192.0.2.1",
        "Primary_DNS, ''",
        "Proxy_1_, sip.example.net:5061",
        "Time_Zone, GMT+01:00",
        "DNS_Server_Order, 'DHCP,Manual'",
    })
    void accepts_valueThatFits_hasNoComplaint(String name, String value) {
        assertThat(complaint(name, value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Line_Enable_1_; maybe; Line_Enable_1_ cannot be 'maybe': allowed is Yes or No",
                "SIP_Transport_1_; SCTP; SIP_Transport_1_ cannot be 'SCTP': allowed is one of UDP, TCP, TLS",
                "Resync_Random_Delay; 65536; Resync_Random_Delay cannot be '65536': allowed is a whole number, 0 to 65535",
                "Resync_Random_Delay; x; Resync_Random_Delay cannot be 'x': allowed is a whole number, 0 to 65535",
                "Resync_Periodic; 60 + 60; Resync_Periodic cannot be '60 + 60': allowed is seconds as a, a+b or a+b,c+d,... without blanks",
                "SIP_Port_1_; 70000; SIP_Port_1_ cannot be '70000': allowed is a port, 0 to 65535 or empty",
                "Primary_DNS; 256.1.1.1; Primary_DNS cannot be '256.1.1.1': allowed is an IPv4 address",
                "Proxy_1_; a b; Proxy_1_ cannot be 'a b': allowed is a host[:port], length 0 to 63",
                "Proxy_1_; a:70000; Proxy_1_ cannot be 'a:70000': allowed is a host[:port], length 0 to 63",
                "Admin_Password; abc; Admin_Password cannot be what it is: allowed is any text, length 4 to 127",
            })
    void accepts_otherValue_saysWhatIsAllowed(String name, String value, String complaint) {
        assertThat(complaint(name, value)).isEqualTo(complaint);
    }

    @Test
    void accepts_controlCharacter_isRefused() {
        assertThat(complaint("Station_Name", "a\nb")).isEqualTo("Station_Name has a control character in its value");
        assertThat(complaint("Station_Name", "a\ud800")).isEqualTo("Station_Name has a control character in its value");
    }

    private String complaint(String name, String value) {
        return dictionary
                .find(name)
                .orElseThrow()
                .parameter()
                .complaint(name, value, false)
                .orElse(null);
    }
}
