package dev.provhub.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone's pages as {@code curl} sees them (sections 3.6 and 8 of the device protocol reference). */
class PhonePagesIT {
    private final PhoneBench bench = new PhoneBench();
    private final ProvisioningServer server = bench.server();
    private String pages = "";

    @BeforeEach
    void require() {
        ExternalProgram.require("curl");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private VirtualPhone phone(PhoneModel model, String version, String parameters) throws IOException {
        String path = model == PhoneModel.CP_8841 ? "/8841-3PCC.xml" : "/spa" + model.productSeries() + ".cfg";
        server.with(path, "<Resync_Periodic>0</Resync_Periodic>" + parameters);
        VirtualPhone phone = bench.phone(model, version);
        pages = "http://127.0.0.1:" + phone.openPages(PhoneBench.ANY_PORT).getPort();
        bench.pass(60);
        return phone;
    }

    /** Body, a line break, the status; then lets the phone do it. */
    private String curl(String path, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-g", "-w", "\n%{http_code}"));
        command.addAll(List.of(options));
        command.add(pages + path);
        ExternalProgram.Result result = ExternalProgram.run(null, command.toArray(new String[0]));
        assertThat(result.exit()).isZero();
        bench.pass(1);
        return result.text();
    }

    @Test
    void resync_ruleWithOptions_isFollowedOnceAndNotStored() throws Exception {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.9c", "");
        server.answering("/p/?mac=000e08aabbcc", exchange -> {
            boolean known =
                    "Basic YWRtaW46NTU1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "<flat-profile><GPP_B>once</GPP_B></flat-profile>".getBytes(US_ASCII);
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
            if (known) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });

        String answer = curl("/admin/resync?%5B--uid+admin+--pwd+555%5D" + server.url() + "/p/?mac=$MA");

        assertThat(answer).endsWith("\n200");
        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/p/?mac=000e08aabbcc", "/p/?mac=000e08aabbcc");
        assertThat(phone.parameter("GPP_B")).isEqualTo("once");
        assertThat(phone.parameter("Profile_Rule")).isEqualTo("/spa$PSN.cfg");
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
        assertThat(bench.events(PhoneEvent.Asked.class))
                .containsExactly(new PhoneEvent.Asked("/admin/resync", "200 OK"));
    }

    @Test
    void resync_plusBehindTheOptions_staysAPlus() throws Exception {
        phone(PhoneModel.SPA504G, "7.4.8a", "");

        curl("/admin/resync?" + server.url() + "/a+b%2bc.cfg");

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/a+b+c.cfg");
    }

    @Test
    void resync_emptyQuery_runsTheStoredRules() throws Exception {
        phone(PhoneModel.SPA942, "5.1.15", "<Profile_Rule>" + server.url() + "/own/$PRVST.cfg</Profile_Rule>");
        server.with("/own/-1.cfg", "");

        curl("/admin/resync");
        curl("/admin/resync?");

        assertThat(server.asked()).containsExactly("/spa942.cfg", "/own/-1.cfg", "/own/-1.cfg");
    }

    @Test
    void resync_provisionEnableNo_doesNothing() throws Exception {
        phone(PhoneModel.SPA942, "5.1.15", "<Provision_Enable>No</Provision_Enable>");

        curl("/admin/resync?" + server.url() + "/a.cfg");

        assertThat(server.asked()).containsExactly("/spa942.cfg");
        assertThat(bench.events(PhoneEvent.Declined.class))
                .containsExactly(new PhoneEvent.Declined("resync", "Provision_Enable is No"));
    }

    @Test
    void upgrade_serverAlone_asksForTheFileOfTheModel() throws Exception {
        phone(PhoneModel.SPA504G, "7.4.8a", "");
        server.with("/spa.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.5.2b", 100));

        assertThat(curl("/admin/upgrade?" + server.url())).endsWith("\n200");
        bench.pass(60);

        assertThat(server.asked()).startsWith("/spa504G.cfg", "/spa.bin");
        assertThat(bench.events(PhoneEvent.Booted.class))
                .containsExactly(new PhoneEvent.Booted("7.4.8a"), new PhoneEvent.Booted("7.5.2b"));
    }

    @Test
    void upgrade_url_isFlashed() throws Exception {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "");
        server.with("/fw/spa50x-30x-7-6-2g.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100));

        curl("/admin/upgrade?" + server.url() + "/fw/spa50x-30x-7-6-2g.bin");

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
    }

    @Test
    void reboot_asked_startsAgainAndResyncs() throws Exception {
        phone(PhoneModel.SPA504G, "7.4.8a", "");

        assertThat(curl("/admin/reboot")).endsWith("\n200");
        bench.pass(120);

        assertThat(bench.events(PhoneEvent.Booted.class)).hasSize(2);
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.POWER_UP);
    }

    @Test
    void dump_ofASpa_leavesSecretsOut() throws Exception {
        phone(
                PhoneModel.SPA922,
                "5.2.5",
                "<GPP_A>k</GPP_A><GPP_SA>hidden</GPP_SA><Password_1_>topsecret</Password_1_><User_ID_1_>alice</User_ID_1_>"
                        + "<Admin_Passwd></Admin_Passwd><User_Password>topsecret</User_Password>"
                        + "<VoIP_PIN_Max_Retry_1_>3</VoIP_PIN_Max_Retry_1_><wepKey_1_>topsecret</wepKey_1_>"
                        + "<Mini_Certificate_1_>topsecret</Mini_Certificate_1_>"
                        + "<SRTP_Private_Key_1_>topsecret</SRTP_Private_Key_1_>"
                        + "<Display_Name_1_ ua=\"rw\">A &amp; B</Display_Name_1_>");

        String dump = curl("/admin/spacfg.xml");

        assertThat(dump)
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n<DHCP group=\"Info/")
                .contains(
                        ">SPA-922</Product_Name>",
                        ">CCQ162306EA</Serial_Number>",
                        ">5.2.5</Software_Version>",
                        ">000E08AABBCC</MAC_Address>",
                        ">Not Installed</Client_Certificate>",
                        ">Open</Customization>",
                        "<Primary__DNS group=",
                        "<Registration_State group=\"Info/Ext_1_Status\">",
                        "<GPP_A>k</GPP_A>",
                        "<GPP_B></GPP_B>",
                        "<GPP_P></GPP_P>",
                        "<Profile_Rule>/spa$PSN.cfg</Profile_Rule>",
                        "<Resync_Error_Retry_Delay>3600</Resync_Error_Retry_Delay>",
                        "<Forced_Resync_Delay>14400</Forced_Resync_Delay>",
                        "<Password_1_></Password_1_>",
                        "<User_ID_1_>alice</User_ID_1_>",
                        "<VoIP_PIN_Max_Retry_1_>3</VoIP_PIN_Max_Retry_1_>",
                        "<Display_Name_1_ ua=\"rw\">A &amp; B</Display_Name_1_>")
                .doesNotContain("GPP_SA", "hidden", "topsecret")
                .endsWith("</flat-profile>\n\n200");
    }

    @Test
    void dump_ofAnAdapter_needsTheFactorysPassword() throws Exception {
        phone(
                PhoneModel.SPA112,
                "1.3.5(004p)",
                "<router-configuration><SNMP><Get_Community>topsecret</Get_Community></SNMP></router-configuration>");

        assertThat(curl("/admin/config.xml")).isEqualTo("\n401");
        assertThat(curl("/admin/config.xml", "--digest", "-u", "admin:wrong")).isEqualTo("\n401");
        assertThat(curl("/admin/config.xml", "--digest", "-u", "admin:admin"))
                .contains(
                        "<Get_Community></Get_Community>\n</SNMP>\n",
                        "<Web_Login_Admin_Password></Web_Login_Admin_Password>")
                .endsWith("\n200");
    }

    @Test
    void dump_ofAMultiplatformPhone_isItsConfigurationAndItsStatus() throws Exception {
        phone(
                PhoneModel.CP_8841,
                "sip88xx.11-3-1MPP-110",
                "<IKM_HTTP_Encrypt_Content>yqdlZ-tYemfogSmv7Ws5PQ</IKM_HTTP_Encrypt_Content><GPP_SD>x</GPP_SD>");

        assertThat(curl("/admin/cfg.xml"))
                .contains("<GPP_P></GPP_P>", ">000E08AABBCC</MAC_Address>")
                .doesNotContain("IKM", "yqdlZ", "GPP_S");
        assertThat(curl("/admin/status.xml"))
                .contains("<status>\n", ">sip88xx.11-3-1MPP-110</Software_Version>")
                .doesNotContain("GPP_A")
                .endsWith("\n200");
        assertThat(curl("/admin/spacfg.xml")).isEqualTo("\n404");
    }

    @Test
    void anyPage_administratorHasAPassword_isOpenToHimOnly() throws Exception {
        phone(PhoneModel.SPA504G, "7.4.8a", "<Admin_Passwd>s3 cret</Admin_Passwd>");
        String resync = "/admin/resync?" + server.url() + "/a.cfg";

        assertThat(curl(resync)).isEqualTo("\n401");
        assertThat(curl("/admin/spacfg.xml", "--digest", "-u", "admin:admin")).isEqualTo("\n401");
        assertThat(server.asked()).hasSize(1);
        assertThat(curl(resync, "--digest", "-u", "admin:s3 cret")).endsWith("\n200");
        assertThat(curl(resync + "&xuser=admin&xpassword=s3%20cret")).endsWith("\n200");
        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/a.cfg", "/a.cfg");
        assertThat(bench.events().toString()).doesNotContain("s3");
    }

    @Test
    void config_posted_isApplied() throws Exception {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "<Admin_Passwd>pw</Admin_Passwd>");
        String path = "/admin/config.xml&xuser=admin&xpassword=pw";

        assertThat(curl(path, "-d", "<flat-profile><GPP_C>posted</GPP_C></flat-profile>"))
                .endsWith("\n200");
        assertThat(phone.parameter("GPP_C")).isEqualTo("posted");
        assertThat(curl(path, "-d", "GPP_C=other")).endsWith("\n400");
        assertThat(curl("/admin/config.xml&xuser=admin&xpassword=no", "-d", "<flat-profile/>"))
                .isEqualTo("\n401");
    }

    @Test
    void xmlObject_resync_runsItsRuleWithoutPasswordWhileTrusted() throws Exception {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<CISCO_XML_EXE_Enable>Yes</CISCO_XML_EXE_Enable><Admin_Passwd>pw</Admin_Passwd>");
        String object = "<CiscoIPPhoneExecute><ExecuteItem URL=\"Resync:" + server.url()
                + "/x?a=1&amp;b=2\"/></CiscoIPPhoneExecute>";

        assertThat(curl("/CGI/Execute", "-d", object))
                .contains("CiscoIPPhoneResponse")
                .endsWith("\n200");
        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/x?a=1&b=2");

        phone.set("CISCO_XML_EXE_Auth_Mode", "Local Credential");
        assertThat(curl("/CGI/Execute", "-d", object)).isEqualTo("\n401");
        assertThat(curl("/CGI/Execute", "-d", object, "--digest", "-u", "admin:pw"))
                .endsWith("\n200");

        phone.set("CISCO_XML_EXE_Enable", "No");
        assertThat(curl("/CGI/Execute", "-d", object, "--digest", "-u", "admin:pw"))
                .isEqualTo("\n403");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void action_multiplatformPhoneWithoutDirectActions_isForbidden() throws Exception {
        phone(PhoneModel.CP_8841, "sip88xx.11-3-1MPP-110", "<Enable_Direct_Action_Url>No</Enable_Direct_Action_Url>");

        assertThat(curl("/admin/resync?" + server.url() + "/a.xml")).endsWith("\n403");
        assertThat(curl("/admin/reboot")).endsWith("\n403");
        assertThat(server.asked()).containsExactly("/8841-3PCC.xml");
        assertThat(bench.events(PhoneEvent.Rebooting.class)).isEmpty();
    }
}
