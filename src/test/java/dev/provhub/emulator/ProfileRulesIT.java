package dev.provhub.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.profile.OpeningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What profile rules and profiles do to a phone (sections 1, 3 and 4 of the device protocol reference). */
class ProfileRulesIT {
    private static final String AT_ONCE =
            "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>0</Resync_Periodic>";

    private final PhoneBench bench = new PhoneBench();
    private final ProvisioningServer server = bench.server();

    @AfterEach
    void stop() {
        bench.close();
    }

    private VirtualPhone phone(PhoneModel model, String version, String parameters) {
        String path = model == PhoneModel.CP_8841 ? "/8841-3PCC.xml" : "/spa" + model.productSeries() + ".cfg";
        server.with(path, AT_ONCE + parameters);
        VirtualPhone phone = bench.phone(model, version);
        bench.pass(60);
        return phone;
    }

    private static String rule(String text) {
        return "<Profile_Rule>" + text.replace("&", "&amp;") + "</Profile_Rule>";
    }

    private void resync(VirtualPhone phone) {
        phone.resync();
        bench.pass(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[--post z] http://h/x|--post and --alias take a register, a to p, not 'z'",
                "[--alias $B] http://h/x|--post and --alias take a register, a to p, not '$B'",
                "x.cfg|no URL with a server and a path",
                "HTTP://h/x|no URL with a server and a path",
            })
    void rule_thatCannotBeFollowed_isToldWhy(String rule, String detail) {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", rule(rule));

        resync(phone);

        assertThat(bench.events(PhoneEvent.ResyncFailed.class))
                .extracting(PhoneEvent.ResyncFailed::detail)
                .containsExactly(detail);
    }

    @Test
    void rule_servip_isTheAddressAndServTheName() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                rule(server.url().replace("127.0.0.1", "localhost") + "/a") + "<Profile_Rule_B>" + server.url()
                        + "/b/$SERV/$SERVIP</Profile_Rule_B>");
        server.with("/a", "").with("/b/localhost/127.0.0.1", "<GPP_E>b</GPP_E>");

        resync(phone);

        assertThat(phone.parameter("GPP_E")).isEqualTo("b");
    }

    @Test
    void rules_assignmentBeforeUrl_isInForceInTheNextRule() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<GPP_B>7</GPP_B>"
                        + rule("( User_ID_1_ = \"uid$B\" ; c = \"\" ; d = \"$MA\" ; )! " + server.url() + "/a")
                        + "<GPP_C>full</GPP_C><Profile_Rule_B>(\"$C\" eq \"\")? " + server.url()
                        + "/b/$D/$UID1</Profile_Rule_B><Profile_Rule_D>" + server.url() + "/d</Profile_Rule_D>");
        server.with("/a", "<GPP_E>a</GPP_E>")
                .with("/b/000e08aabbcc/uid7", "<GPP_E>b</GPP_E>")
                .with("/d", "");

        resync(phone);

        assertThat(server.asked()).containsExactly("/spa942.cfg", "/a", "/b/000e08aabbcc/uid7", "/d");
        assertThat(phone.parameter("GPP_E")).isEqualTo("b");
        assertThat(phone.parameter("User_ID_1_")).isEqualTo("uid7");
    }

    @Test
    void rules_failureOfOne_endsTheRunAndStartsAgainFromTheFirst() {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                rule(server.url() + "/a?$PRVST") + "<Profile_Rule_B>" + server.url() + "/b?$ERR</Profile_Rule_B>"
                        + "<Profile_Rule_C>" + server.url() + "/c</Profile_Rule_C>"
                        + "<Resync_Error_Retry_Delay>30</Resync_Error_Retry_Delay>");
        server.with("/a?-1", "<GPP_A>kept</GPP_A>").with("/a?2", "");

        resync(phone);
        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/a?-1", "/b?");
        assertThat(phone.parameter("GPP_A")).isEqualTo("kept");
        bench.pass(30);

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/a?-1", "/b?", "/a?2", "/b?");
    }

    @Test
    void rules_ofAProfile_countFromTheNextResync() {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G, "7.4.8a", rule("") + "<Profile_Rule_B>" + server.url() + "/b</Profile_Rule_B>");
        assertThat(server.asked()).containsExactly("/spa504G.cfg");

        resync(phone);

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/b");
    }

    @Test
    void post_register_isExpandedIntoTheBody() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<GPP_A>mac=$MAU&amp;error=$ERR</GPP_A>" + rule("[--post a] " + server.url() + "/p"));
        server.with("/p", "<GPP_B>posted</GPP_B>");

        resync(phone);

        assertThat(server.last().method()).isEqualTo("POST");
        assertThat(server.last().text()).isEqualTo("mac=000E08AABBCC&error=");
        assertThat(phone.parameter("GPP_B")).isEqualTo("posted");
    }

    @Test
    void alias_map_takesADocumentWithoutFlatProfile() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<GPP_B>/customer-account/SIP-number = /flat-profile/User_ID_1_ ; "
                        + "/customer-account/SIP-password = /flat-profile/Password_1_ ;</GPP_B>"
                        + rule("[--alias b] " + server.url() + "/account/$PN$MA.xml"));
        server.with(
                "/account/SPA-942000e08aabbcc.xml",
                "<customer-account><SIP-number>1001</SIP-number><SIP-password>pw</SIP-password></customer-account>"
                        .getBytes(UTF_8));

        resync(phone);

        assertThat(phone.parameter("User_ID_1_")).isEqualTo("1001");
        assertThat(phone.parameter("Password_1_")).isEqualTo("pw");
    }

    @Test
    void login_ofAMultiplatformPhone_mayComeFromASecretRegister() {
        VirtualPhone phone = phone(
                PhoneModel.CP_8841,
                "sip88xx.11-3-1MPP-110",
                "<GPP_SA>pa ss</GPP_SA>" + rule("[--uid $MA --pwd \"$SA\"] " + server.url() + "/own"));
        server.answering("/own", exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });

        resync(phone);

        assertThat(server.asked()).containsExactly("/8841-3PCC.xml", "/own", "/own", "/own");
        // base64 of 000e08aabbcc:pa ss
        assertThat(server.last().header("Authorization")).isEqualTo("Basic MDAwZTA4YWFiYmNjOnBhIHNz");
        assertThat(bench.events(PhoneEvent.ResyncFailed.class).get(0).error()).isEqualTo("http_get failed: status 401");
    }

    @Test
    void redirect_301and302_areFollowed() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", rule(server.url() + "/one"));
        for (String[] hop : new String[][] {{"/one", "/two", "301"}, {"/two", "/three", "302"}}) {
            server.answering(hop[0], exchange -> {
                exchange.getResponseHeaders().set("Location", server.url() + hop[1]);
                exchange.sendResponseHeaders(Integer.parseInt(hop[2]), -1);
                exchange.close();
            });
        }
        server.with("/three", "<GPP_A>there</GPP_A>");

        resync(phone);

        assertThat(phone.parameter("GPP_A")).isEqualTo("there");
        assertThat(server.asked()).containsExactly("/spa942.cfg", "/one", "/two", "/three");
    }

    @Test
    void tails_ofAMultiplatformPhone_areTriedInOrder() {
        server.with("/path/Cisco/CP-8851-3PCC/000e08aabbcc.cfg", AT_ONCE + "<GPP_A>found</GPP_A>");

        VirtualPhone phone = bench.phone(
                PhoneModel.CP_8851,
                "sip88xx.11-3-1MPP-110",
                with -> with.dhcp(new DhcpOptions(Map.of(160, server.url() + "/path", 150, "127.0.0.1"))));
        bench.pass(60);

        assertThat(server.asked())
                .containsExactly("/path", "/path/8851-3PCC.xml", "/path/Cisco/CP-8851-3PCC/000e08aabbcc.cfg");
        assertThat(bench.events(PhoneEvent.ResyncFailed.class)).isEmpty();
        assertThat(phone.parameter("GPP_A")).isEqualTo("found");
    }

    @Test
    void spa5xx_noServerButOption150_asksForTheEnterpriseFile() throws IOException {
        try (LittleTftp tftp = new LittleTftp()) {
            bench.phone(
                    PhoneModel.SPA504G,
                    "7.4.8a",
                    with -> with.dhcp(new DhcpOptions(Map.of(150, tftp.url().replace("tftp://", "")))));
            bench.pass(60);

            assertThat(tftp.asked()).containsExactly("/XMLDefault.cnf.xml");
        }
    }

    @Test
    void spa504g_release743a_leavesItsModelOut() {
        bench.phone(PhoneModel.SPA504G, "7.4.3a");
        bench.pass(60);

        assertThat(server.asked()).containsExactly("/spa.cfg");
        assertThat(server.agents()).containsExactly("Linksys/SPA504G-7.4.3a");
    }

    @Test
    void access_marks_areKeptApartFromValues() {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Speed_Dial_2_Name ua=\"rw\">Anna</Speed_Dial_2_Name><Display_Name_1_ ua=\"ro\">x</Display_Name_1_>"
                        + "<GPP_A>a</GPP_A><GPP_B>b</GPP_B><GPP_C>c</GPP_C>");
        server.with(
                "/spa504G.cfg",
                "<Speed_Dial_2_Name ua=\"na\"/><Display_Name_1_/><GPP_A></GPP_A><GPP_B>\"\"</GPP_B><gpp_c>d</gpp_c>");

        resync(phone);

        assertThat(phone.parameter("Speed_Dial_2_Name")).isEqualTo("Anna");
        assertThat(phone.access("Speed_Dial_2_Name")).isEqualTo("na");
        assertThat(phone.parameter("Display_Name_1_")).isEmpty();
        assertThat(phone.access("Display_Name_1_")).isEmpty();
        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(phone.parameter("GPP_B")).isEmpty();
        assertThat(phone.parameter("GPP_C")).isEqualTo("c");
    }

    @Test
    void change_thatNeedsAReboot_rebootsWithoutResync() {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "<SIP_Port_1_>5070</SIP_Port_1_>");
        bench.pass(600);

        assertThat(bench.events(PhoneEvent.Rebooting.class))
                .containsExactly(new PhoneEvent.Rebooting("SIP_Port_1_ was changed"));
        assertThat(bench.events(PhoneEvent.Booted.class)).hasSize(2);
        assertThat(server.asked()).containsExactly("/spa504G.cfg");

        resync(phone);
        bench.pass(60);
        assertThat(bench.events(PhoneEvent.Rebooting.class)).hasSize(1);
    }

    // Compiled profiles

    @Test
    void compiledProfile_withoutAProgram_isCorrupt() {
        server.with("/spa942.cfg", new byte[] {'S', 'P', 'C', 0, 1, 2, 3});

        bench.phone(PhoneModel.SPA942, "5.1.15");
        bench.pass(60);

        assertThat(bench.events(PhoneEvent.ResyncFailed.class).get(0).error()).isEqualTo("corrupt file");
    }

    @Test
    void compiledProfile_withAProgram_isOpenedForItsOwnPhone(@TempDir Path folder) throws Exception {
        Path program = folder.resolve("open");
        Files.writeString(program, """
                #!/bin/sh
                # Its files: MAC, line break, text
                read -r owner
                [ "$owner" = "$1" ] || exit 3
                echo "GPP_A \\"$PHONE_KEY\\" ;"
                cat
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        server.with(
                        "/own",
                        "000e08aabbcc\nGPP_B ! \"opened\" ; # a remark\nProxy[1] \"sip.example.net\" ;\n"
                                .getBytes(UTF_8))
                .with("/foreign", "000e08000000\nGPP_B \"never\" ;\n".getBytes(UTF_8))
                .with("/spa942.cfg", AT_ONCE + rule("[--key \"a key\"] " + server.url() + "/own"));
        VirtualPhone phone = bench.phone(
                PhoneModel.SPA942, "5.1.15", with -> with.targetedWith(new OpeningProgram(program.toString())));
        bench.pass(60);

        resync(phone);
        assertThat(phone.parameter("GPP_A")).isEqualTo("a key");
        assertThat(phone.parameter("GPP_B")).isEqualTo("opened");
        assertThat(phone.access("GPP_B")).isEqualTo("rw");
        assertThat(phone.parameter("Proxy_1_")).isEqualTo("sip.example.net");
        assertThat(phone.isSecured()).isTrue();

        phone.resync(server.url() + "/foreign");
        bench.pass(1);
        assertThat(bench.events(PhoneEvent.ResyncFailed.class).get(0).error()).isEqualTo("corrupt file");
        assertThat(phone.parameter("GPP_B")).isEqualTo("opened");
    }
}
