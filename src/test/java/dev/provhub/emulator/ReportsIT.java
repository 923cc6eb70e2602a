package dev.provhub.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import dev.provhub.sealing.Aes128Gcm;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Report_Rule} (section 8 of the device protocol reference). */
class ReportsIT {
    private static final String MPP = "sip88xx.11-3-1MPP-110";
    private static final String IKM = "yqdlZ-tYemfogSmv7Ws5PQ";

    private final PhoneBench bench = new PhoneBench();
    private final ProvisioningServer server = bench.server();

    @AfterEach
    void stop() {
        bench.close();
    }

    private VirtualPhone phone(PhoneModel model, String version, String rule, String parameters) {
        String path = model == PhoneModel.CP_8841 ? "/8841-3PCC.xml" : "/spa" + model.productSeries() + ".cfg";
        server.with(
                        path,
                        "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>0</Resync_Periodic><Report_Rule>"
                                + rule + "</Report_Rule>" + parameters)
                .taking("/rep/000e08aabbcc.xml")
                .taking("/status.xml");
        VirtualPhone phone = bench.phone(model, version);
        bench.pass(60);
        return phone;
    }

    private void report(VirtualPhone phone) {
        phone.report();
        bench.pass(1);
    }

    private String home() {
        return server.url() + "/rep/$MA.xml";
    }

    @Test
    void report_noAlternativeTrue_isToldWhy() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", "($PRVST eq 7)? " + home(), "");

        report(phone);

        assertThat(bench.events(PhoneEvent.Evaluated.class))
                .contains(new PhoneEvent.Evaluated(
                        "Report_Rule", List.of("alternative 1 is passed over: $PRVST (0) is not equal to 7")));
        assertThat(bench.events(PhoneEvent.Reported.class)).isEmpty();
    }

    @Test
    void report_assignments_areMadeFirst() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", "( c = \"$MA\" )! " + server.url() + "/rep/$C.xml", "");

        report(phone);

        assertThat(phone.parameter("GPP_C")).isEqualTo(PhoneBench.MAC);
        assertThat(bench.events(PhoneEvent.Reported.class)).hasSize(1);
    }

    @Test
    void report_full_isPostedWithoutSecrets() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                home(),
                "<GPP_A>open</GPP_A><GPP_SA>hidden1</GPP_SA><GPP_SD>hidden2</GPP_SD><Password_1_>hidden3</Password_1_>"
                        + "<Profile_Rule_B>[--key hidden4 --uid u --pwd \"hidden5 x\"] http://h/b</Profile_Rule_B>"
                        + "<Profile_Rule_C>[--key $A] http://h/c</Profile_Rule_C>");

        report(phone);

        assertThat(server.last().method()).isEqualTo("POST");
        assertThat(server.last().path()).isEqualTo("/rep/000e08aabbcc.xml");
        assertThat(server.last().header("User-Agent")).isEqualTo("Linksys/SPA-942-5.1.15 (CCQ162306EA)");
        assertThat(server.last().text())
                .contains(
                        "<flat-profile>\n",
                        "<GPP_A>open</GPP_A>",
                        "<Password_1_></Password_1_>",
                        "<Profile_Rule_B>[--key \"\" --uid u --pwd \"\"] http://h/b</Profile_Rule_B>",
                        "<Profile_Rule_C>[--key $A] http://h/c</Profile_Rule_C>",
                        "<Resync_Periodic>0</Resync_Periodic>")
                .doesNotContain("hidden", "GPP_S");
        assertThat(bench.events(PhoneEvent.Reported.class))
                .containsExactly(new PhoneEvent.Reported(
                        server.url() + "/rep/000e08aabbcc.xml",
                        "full",
                        server.last().body().length,
                        false));
    }

    @Test
    void report_methodPut_isPut() {
        report(phone(PhoneModel.SPA504G, "7.4.8a", home(), "<HTTP_Report_Method>PUT</HTTP_Report_Method>"));

        assertThat(server.last().method()).isEqualTo("PUT");
        assertThat(server.last().text()).contains("<HTTP_Report_Method>PUT</HTTP_Report_Method>");
    }

    @Test
    void report_overTftp_isWritten() throws IOException {
        try (LittleTftp tftp = new LittleTftp()) {
            VirtualPhone phone = phone(
                    PhoneModel.SPA942,
                    "5.1.15",
                    tftp.url() + "/rep/$MA.xml",
                    "<GPP_B>" + "long ".repeat(200) + "end</GPP_B>");

            report(phone);

            assertThat(new String(tftp.written("/rep/000e08aabbcc.xml"), UTF_8))
                    .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n")
                    .contains("long end</GPP_B>\n")
                    .endsWith("</flat-profile>\n");
        }
    }

    @Test
    void report_withoutServer_goesToTheOneOfOption66() {
        report(phone(PhoneModel.SPA942, "5.1.15", "/rep/$MA.xml", ""));

        assertThat(server.asked()).containsExactly("/spa942.cfg", "/rep/000e08aabbcc.xml");
    }

    @Test
    void report_delta_tellsWhatChangedSinceTheResync() {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "[--delta] " + home(), "<GPP_A>a</GPP_A>");
        phone.set("GPP_C", "mine");
        phone.set("User_Password", "topsecret");
        String changes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n<GPP_C>mine</GPP_C>\n"
                + "<User_Password></User_Password>\n</flat-profile>\n";

        report(phone);
        assertThat(server.last().text()).isEqualTo(changes);
        report(phone);
        assertThat(server.last().text()).isEqualTo(changes);
        phone.resync();
        bench.pass(1);
        report(phone);

        assertThat(server.last().text())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n</flat-profile>\n");
    }

    @Test
    void report_twoRulesOfAMultiplatformPhone_areBothFollowed() {
        VirtualPhone phone =
                phone(PhoneModel.CP_8841, MPP, "[--delta]" + home() + " [--status]" + server.url() + "/status.xml", "");
        phone.set("GPP_C", "mine");

        report(phone);

        assertThat(server.asked()).containsExactly("/8841-3PCC.xml", "/rep/000e08aabbcc.xml", "/status.xml");
        assertThat(server.received().get(1).text()).contains("<GPP_C>mine</GPP_C>");
        assertThat(server.last().text()).contains("<status>\n", ">000E08AABBCC</MAC_Address>");
    }

    @Test
    void report_statusOfASpa_isNoOption() {
        report(phone(PhoneModel.SPA504G, "7.4.8a", "[--status] " + server.url() + "/status.xml", ""));

        assertThat(server.asked()).containsExactly("/spa504G.cfg");
        assertThat(bench.events(PhoneEvent.ReportFailed.class)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} with {2}")
    @CsvSource({"SPA942, 5.1.15, md5", "CP_8841, sip88xx.11-3-1MPP-110, sha256"})
    void report_withKey_isOpenedByOpenssl(PhoneModel model, String version, String digest) throws Exception {
        ExternalProgram.require("openssl");
        VirtualPhone phone = phone(
                model,
                version,
                "[ --key \"$SB\" ] " + home(),
                "<GPP_SB>a key of mine</GPP_SB>"
                        + (model == PhoneModel.CP_8841
                                ? "<IKM_HTTP_Encrypt_Content>" + IKM + "</IKM_HTTP_Encrypt_Content>"
                                : ""));

        report(phone);

        byte[] sealed = server.last().body();
        assertThat(new String(sealed, 0, 8, UTF_8)).isEqualTo("Salted__");
        assertThat(server.last().header("Content-Encoding")).isEqualTo("null");
        ExternalProgram.Result opened = ExternalProgram.run(
                sealed, "openssl", "enc", "-d", "-aes-256-cbc", "-md", digest, "-k", "a key of mine");
        assertThat(opened.exit()).isZero();
        assertThat(opened.text())
                .contains("<GPP_A></GPP_A>")
                .endsWith("</flat-profile>\n")
                .doesNotContain("a key");
        assertThat(bench.events().toString()).doesNotContain("a key of mine");
    }

    @Test
    void report_withStoredKeyingMaterial_isAnRfc8188Body() throws Exception {
        report(phone(
                PhoneModel.CP_8841,
                MPP,
                home(),
                "<IKM_HTTP_Encrypt_Content>" + IKM + "</IKM_HTTP_Encrypt_Content><GPP_A>x</GPP_A>"));

        assertThat(server.last().header("Content-Encoding")).isEqualTo("aes128gcm");
        byte[] opened =
                Aes128Gcm.open(server.last().body(), Base64.getUrlDecoder().decode(IKM));
        assertThat(new String(opened, UTF_8)).contains("<GPP_A>x</GPP_A>").doesNotContain("IKM", IKM);
    }

    @Test
    void report_refused_isNotTriedAgain() {
        report(phone(PhoneModel.SPA942, "5.1.15", server.url() + "/none", ""));
        bench.pass(100_000);

        assertThat(server.asked()).containsExactly("/spa942.cfg", "/none");
        assertThat(bench.events(PhoneEvent.ReportFailed.class))
                .containsExactly(new PhoneEvent.ReportFailed(server.url() + "/none", "file not found"));
    }

    @Test
    void report_withoutRule_isDeclined() {
        report(phone(PhoneModel.SPA942, "5.1.15", "", ""));

        assertThat(bench.events(PhoneEvent.Declined.class))
                .containsExactly(new PhoneEvent.Declined("report", "Report_Rule is empty"));
    }

    @Test
    void report_periodically_comesAgainAndAgain() {
        phone(
                PhoneModel.CP_8841,
                MPP,
                home(),
                "<Report_To_Server>Periodically</Report_To_Server>"
                        + "<Periodic_Upload_To_Server>600</Periodic_Upload_To_Server>");

        bench.pass(1800);

        assertThat(bench.events(PhoneEvent.Reported.class)).hasSize(3);
    }

    @Test
    void report_onLocalChange_waitsForFurtherChanges() {
        VirtualPhone phone = phone(
                PhoneModel.CP_8841,
                MPP,
                "[--delta]" + home(),
                "<Report_To_Server>On Local Change</Report_To_Server>"
                        + "<Upload_Delay_On_Local_Change>60</Upload_Delay_On_Local_Change>");

        phone.set("GPP_A", "1");
        bench.pass(40);
        phone.set("GPP_B", "2");
        bench.pass(50);
        assertThat(bench.events(PhoneEvent.Reported.class)).isEmpty();
        bench.pass(20);

        assertThat(bench.events(PhoneEvent.Reported.class)).hasSize(1);
        assertThat(server.last().text()).contains("<GPP_A>1</GPP_A>", "<GPP_B>2</GPP_B>");
    }
}
