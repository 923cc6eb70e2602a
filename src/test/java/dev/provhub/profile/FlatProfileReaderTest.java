package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.profile.FlatProfileReader.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatProfileReaderTest {
    private static List<Read> read(String xml) {
        return FlatProfileReader.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void read_whatPhonesRead_isRead() {
        assertThat(read("""
                        <?xml version="1.0"?>
                        <!-- a comment -->
                        <device><flat-profile xmlns="http://www.sipura.net/xsd/SPA942-1">
                          <Resync_Periodic>7200</Resync_Periodic>
                          <Profile_Rule ua="na">
                            tftp://h/a
                            b &amp; &#x63;
                          </Profile_Rule>
                          <Speed_Dial_2_Name ua="rw"/>
                          <Station_Name></Station_Name>
                          <Resync_Periodic group="Provisioning/Configuration_Profile" ua="odd">3600</Resync_Periodic>
                          <router-configuration>
                            <WAN_Interface><MTU>1500</MTU><A><B>x</B></A></WAN_Interface>
                            <Bonjour_Enable>0</Bonjour_Enable>
                          </router-configuration>
                        </flat-profile></device>
                        """))
                .containsExactly(
                        new Read("Resync_Periodic", "3600", null, 11, false, "Provisioning/Configuration_Profile"),
                        new Read("Profile_Rule", "tftp://h/a b & c", UserAccess.NA, 5, false, null),
                        new Read("Speed_Dial_2_Name", "", UserAccess.RW, 9, true, null),
                        new Read("Station_Name", "", null, 10, false, null),
                        new Read("router-configuration/WAN_Interface/MTU", "1500", null, 13, false, null),
                        new Read("router-configuration/WAN_Interface/A/B", "x", null, 13, false, null),
                        new Read("router-configuration/Bonjour_Enable", "0", null, 14, false, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<flat-profile>",
                "<flat-profile><a></b></flat-profile>",
                "<other/>",
                "<flat-profile><a><b>1</b></a></flat-profile>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><flat-profile><a>&e;</a></flat-profile>",
            })
    void read_somethingElse_isRefused(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(ProfileException.class).hasMessageNotContaining("root:");
    }
}
