package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NOTIFY sent by programs that others wrote (section 3.5 of the device protocol reference). */
class NotifyIT {
    private static final String ACCOUNT =
            "<User_ID_1_>1001</User_ID_1_><Password_1_>s3cret</Password_1_><User_ID_2_>1002</User_ID_2_>"
                    + "<Password_2_>other</Password_2_>";
    private static final String OPEN = "<Auth_Resync-Reboot_1_>No</Auth_Resync-Reboot_1_>";

    private final PhoneBench bench = new PhoneBench();

    @TempDir
    Path folder;

    private int port;

    @AfterEach
    void stop() {
        bench.close();
    }

    private VirtualPhone phone(String parameters) throws IOException {
        bench.server()
                .with(
                        "/spa504G.cfg",
                        "<Resync_Random_Delay>0</Resync_Random_Delay><Report_Rule>"
                                + bench.server().url() + "/report</Report_Rule>" + ACCOUNT + parameters)
                .taking("/report");
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
        port = phone.openEar(PhoneBench.ANY_PORT).getPort();
        bench.pass(60);
        return phone;
    }

    /** Exit code 0 when the phone answers as the scenario says; then lets the phone do it. */
    private int sipp(String scenario, String event, String... options) throws Exception {
        ExternalProgram.require("sipp");
        Path file = folder.resolve(scenario);
        try (InputStream xml = NotifyIT.class.getResourceAsStream(scenario)) {
            Files.write(file, xml.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-sf",
                file.toString(),
                "-m",
                "1",
                "-nostdin",
                "-timeout",
                "20s",
                "-i",
                "127.0.0.1",
                "-key",
                "event",
                event));
        command.addAll(List.of(options));
        command.add("127.0.0.1:" + port);
        int exit = ExternalProgram.run(null, command.toArray(new String[0])).exit();
        bench.pass(1);
        return exit;
    }

    private int sippWithLogin(String event, String user, String password, String transport) throws Exception {
        return sipp("notify-login.sipp.xml", event, "-s", user, "-au", user, "-ap", password, "-t", transport);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "t1"})
    void notify_resyncWithLogin_isDone(String transport) throws Exception {
        phone("");

        assertThat(sippWithLogin("resync", "1001", "s3cret", transport)).isZero();

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
        assertThat(bench.events(PhoneEvent.Asked.class))
                .containsExactly(
                        new PhoneEvent.Asked("NOTIFY resync", "401 Unauthorized"),
                        new PhoneEvent.Asked("NOTIFY resync", "200 OK"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "t1"})
    void notify_wrongPassword_isRefused(String transport) throws Exception {
        phone("");

        assertThat(sippWithLogin("resync", "1001", "wrong", transport)).isEqualTo(1);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP);
        assertThat(bench.events(PhoneEvent.Asked.class))
                .containsExactly(
                        new PhoneEvent.Asked("NOTIFY resync", "401 Unauthorized"),
                        new PhoneEvent.Asked("NOTIFY resync", "401 Unauthorized"));
    }

    @Test
    void notify_secondLine_hasItsOwnLogin() throws Exception {
        phone(OPEN);

        assertThat(sippWithLogin("resync", "1002", "s3cret", "u1")).isEqualTo(1);
        assertThat(sippWithLogin("resync", "1002", "other", "u1")).isZero();

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
    }

    @ParameterizedTest(name = "{0} over {1}: {2} resyncs, {3} reboots, {4} reports")
    @CsvSource({
        "resync, u1, 1, 0, 0",
        "resync, t1, 1, 0, 0",
        "check-sync, u1, 1, 0, 0",
        "check-sync;reboot=true, u1, 1, 0, 0",
        "reboot, u1, 0, 1, 0",
        "reboot, t1, 0, 1, 0",
        "reboot_now, u1, 0, 1, 0",
        "restart, u1, 0, 1, 0",
        "restart_now, u1, 0, 1, 0",
        "report, u1, 0, 0, 1",
        "report, t1, 0, 0, 1"
    })
    void notify_event_doesWhatItSays(String event, String transport, int resyncs, int reboots, int reports)
            throws Exception {
        phone(OPEN);

        assertThat(sipp("notify.sipp.xml", event, "-s", "1001", "-t", transport))
                .isZero();

        assertThat(bench.resyncs()).hasSize(1 + resyncs);
        assertThat(bench.events(PhoneEvent.Rebooting.class)).hasSize(reboots);
        assertThat(bench.events(PhoneEvent.Reported.class)).hasSize(reports);
    }

    @Test
    void notify_unknownEvent_isRefused() throws Exception {
        phone(OPEN);

        assertThat(sipp("notify.sipp.xml", "message-summary", "-s", "1001")).isEqualTo(1);

        assertThat(bench.events(PhoneEvent.Asked.class))
                .containsExactly(new PhoneEvent.Asked("NOTIFY message-summary", "489 Bad Event"));
    }

    @Test
    void notify_resyncFromSipNo_keepsReportAndReboot() throws Exception {
        phone(OPEN + "<Resync_From_SIP>No</Resync_From_SIP>");

        assertThat(sipp("notify.sipp.xml", "resync", "-s", "1001")).isEqualTo(1);
        assertThat(sipp("notify.sipp.xml", "check-sync", "-s", "1001")).isEqualTo(1);
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP);

        assertThat(sipp("notify.sipp.xml", "report", "-s", "1001")).isZero();
        assertThat(sipp("notify.sipp.xml", "reboot", "-s", "1001")).isZero();
        assertThat(bench.events(PhoneEvent.Reported.class)).hasSize(1);
        assertThat(bench.events(PhoneEvent.Rebooting.class)).hasSize(1);
    }

    @Test
    void notify_reachedWhileInACall_waitsForTheHangUp() throws Exception {
        VirtualPhone phone = phone(OPEN);
        phone.call(true);
        bench.pass(1);

        assertThat(sipp("notify.sipp.xml", "resync", "-s", "1001")).isZero();
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP);
        phone.call(false);
        bench.pass(1);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
    }

    private void sipsak(String event, String body) throws Exception {
        ExternalProgram.require("sipsak");
        Path request = folder.resolve("notify.sip");
        String head = """
                NOTIFY sip:1001@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK.1f2e
                From: <sip:provider@127.0.0.1>;tag=77
                To: <sip:1001@127.0.0.1>
                Call-ID: 4711@127.0.0.1
                CSeq: 9 NOTIFY
                Event: %s
                Max-Forwards: 70
                Content-Length: %d

                """.formatted(event, body.length()).replace("\n", "\r\n");
        Files.writeString(request, head + body, StandardCharsets.US_ASCII);

        ExternalProgram.Result result = ExternalProgram.run(
                null, "sipsak", "-f", request.toString(), "-s", "sip:1001@127.0.0.1:" + port, "-vv");
        bench.pass(1);
        assertThat(result.exit()).as(result.text()).isZero();
    }

    @Test
    void notify_fromSipsak_isDone() throws Exception {
        phone(OPEN);

        sipsak("check-sync", "");

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
    }

    @Test
    void notify_xmlServiceWithUrl_fetchesTheObjectAndDoesIt() throws Exception {
        phone(OPEN + "<CISCO_XML_EXE_Enable>Yes</CISCO_XML_EXE_Enable>");
        String home = bench.server().url();
        bench.server()
                .with("/own", "<GPP_B>b</GPP_B>")
                .with(
                        "/object.xml",
                        ("<CiscoIPPhoneExecute><ExecuteItem URL=Resync:" + home + "/own/></CiscoIPPhoneExecute>")
                                .getBytes(StandardCharsets.US_ASCII));

        sipsak("XML-Service", home + "/object.xml");

        assertThat(bench.server().asked()).containsExactly("/spa504G.cfg", "/object.xml", "/own");
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
    }

    @Test
    void options_fromSipsak_areAnswered() throws Exception {
        ExternalProgram.require("sipsak");
        phone("");

        assertThat(ExternalProgram.run(null, "sipsak", "-s", "sip:1001@127.0.0.1:" + port)
                        .exit())
                .isZero();
    }
}
