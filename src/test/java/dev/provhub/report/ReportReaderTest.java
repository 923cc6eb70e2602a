package dev.provhub.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.provhub.report.DeviceReport.Entry;
import org.junit.jupiter.api.Test;

class ReportReaderTest {
    private static DeviceReport read(String xml) {
        return ReportReader.read(xml.getBytes(UTF_8));
    }

    @Test
    void read_fullReport_hasParametersAndNestedNames() {
        DeviceReport report = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <flat-profile>
                <Profile_Rule>/spa$PSN.cfg</Profile_Rule>
                <Proxy_1_ ua="na">sip.example.net</Proxy_1_>
                <router-configuration><Time_Setup><Time_Mode>1</Time_Mode></Time_Setup></router-configuration>
                </flat-profile>
                """);
        assertThat(report.kind()).isEqualTo(DeviceReport.Kind.FULL);
        assertThat(report.parameters())
                .containsOnly(
                        entry("Profile_Rule", "/spa$PSN.cfg"),
                        entry("Proxy_1_", "sip.example.net"),
                        entry("router-configuration/Time_Setup/Time_Mode", "1"));
        assertThat(report.cut()).isNull();
    }

    @Test
    void read_dumpOfAPhone_keepsNamesThatStandTwice() {
        DeviceReport report = read("<flat-profile><Call_State group=\"Info/Ext_1_Status\">Idle</Call_State>"
                + "<Call_State group=\"Info/Ext_2_Status\">Connected</Call_State>"
                + "<Software_Version group=\"Info/Product\">5.2.5</Software_Version>"
                + "<Profile_Rule group=\"Provisioning\">x</Profile_Rule></flat-profile>");
        assertThat(report.entries())
                .contains(
                        new Entry("Call_State", "Info/Ext_1_Status", "Idle"),
                        new Entry("Call_State", "Info/Ext_2_Status", "Connected"));
        assertThat(report.parameters()).containsOnlyKeys("Profile_Rule");
        assertThat(report.find("Software_Version")).contains("5.2.5");
    }

    @Test
    void read_withoutParameters_isAStatus() {
        assertThat(read("<status><Elapsed_Time group=\"Info/System\">1d</Elapsed_Time></status>")
                        .kind())
                .isEqualTo(DeviceReport.Kind.STATUS);
    }

    @Test
    void read_someParameters_isADelta() {
        assertThat(read("<device><flat-profile><Proxy_1_>x</Proxy_1_></flat-profile></device>"))
                .isEqualTo(new DeviceReport(
                        DeviceReport.Kind.DELTA, java.util.List.of(new Entry("Proxy_1_", "", "x")), null));
    }

    @Test
    void read_loneAmpersandAndControls_areMended() {
        assertThat(read("<flat-profile><GPP_B>a & b &amp; c\u0007</GPP_B></flat-profile>")
                        .parameters())
                .containsEntry("GPP_B", "a & b & c");
    }

    @Test
    void read_latin1_isRead() {
        byte[] latin = "<flat-profile><Station_Name>Küche</Station_Name></flat-profile>".getBytes(ISO_8859_1);
        assertThat(ReportReader.read(latin).parameters()).containsEntry("Station_Name", "Küche");
    }

    @Test
    void read_brokenInTheMiddle_keepsWhatCameBefore() {
        DeviceReport report = read("<flat-profile>\n<A>1</A>\n<B>2</C>\n<D>3</D></flat-profile>");
        assertThat(report.parameters()).containsOnlyKeys("A");
        assertThat(report.cut()).isEqualTo("is not well-formed from line 3 on");
    }

    @Test
    void read_entityBombAndOutsideEntities_areNotRead() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
                + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><flat-profile><A>1</A><B>&b;&f;</B></flat-profile>";
        assertThatThrownBy(() -> {
                    DeviceReport report = read(bomb);
                    assertThat(report.parameters().values()).noneMatch(value -> value.contains("root:"));
                    assertThat(report.parameters()).doesNotContainEntry("B", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
                    throw new IllegalArgumentException("read without entities");
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_nothingInIt_isRefused() {
        assertThatThrownBy(() -> read("<flat-profile></flat-profile>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no parameter could be read in it");
        assertThatThrownBy(() -> read("hello")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_deepNesting_ends() {
        assertThat(read("<r><A>1</A>" + "<x>".repeat(1000)).cut()).isEqualTo("is nested deeper than 16");
    }
}
