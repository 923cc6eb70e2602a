package dev.provhub.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.emulator.transport.LineQuality;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone behind a line that loses, delays and forgets; and its lines to the syslog server. */
class BadLineIT {
    private static final LineQuality LOSSY = new LineQuality(0.2, Duration.ofMillis(20), Duration.ZERO);
    private static final LineQuality FORGETFUL = new LineQuality(0, Duration.ZERO, Duration.ofMillis(300));
    private static final String PROFILE =
            "<Resync_Random_Delay>0</Resync_Random_Delay><GPP_A>" + "x".repeat(1200) + "</GPP_A>";

    private final PhoneBench bench = new PhoneBench(60);
    private final ProvisioningServer server = bench.server();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void resync_overTftpWithLoss_arrivesWhole() throws IOException {
        try (LittleTftp tftp = new LittleTftp()) {
            tftp.with("/spa942.cfg", ("<flat-profile>" + PROFILE + "</flat-profile>").getBytes(UTF_8));

            VirtualPhone phone = bench.phone(
                    PhoneModel.SPA942, "5.1.15", with -> with.line(LOSSY).dhcp(DhcpOptions.tftpServerName(tftp.url())));
            bench.pass(60);

            assertThat(phone.parameter("GPP_A")).isEqualTo("x".repeat(1200));
            assertThat(bench.events(PhoneEvent.ResyncFailed.class)).isEmpty();
        }
    }

    @Test
    void resync_overHttpWithLossAndDelay_arrivesLateButWhole() {
        server.with("/spa942.cfg", PROFILE);

        VirtualPhone phone = bench.phone(PhoneModel.SPA942, "5.1.15", with -> with.line(LOSSY));
        bench.pass(60);

        assertThat(phone.parameter("GPP_A")).isEqualTo("x".repeat(1200));
        assertThat(bench.events(PhoneEvent.Answered.class).get(0).took()).isGreaterThan(Duration.ofMillis(80));
    }

    /** The times are shortened: 300 ms for what a router keeps for 30 s, 15 s for the minute that a phone waits. */
    @Test
    void resync_serverSilentUntilTheNatForgets_breaksAndIsRetried() {
        AtomicInteger times = new AtomicInteger();
        Executor later = CompletableFuture.delayedExecutor(900, TimeUnit.MILLISECONDS);
        server.answering("/spa942.cfg", exchange -> {
            Executor when = times.getAndIncrement() == 0 ? later : Runnable::run;
            when.execute(() -> answer(exchange));
        });

        VirtualPhone phone = bench.phone(PhoneModel.SPA942, "5.1.15", with -> with.line(FORGETFUL));
        bench.pass(60);
        assertThat(bench.events(PhoneEvent.ResyncFailed.class)).hasSize(1);
        assertThat(phone.parameter("GPP_A")).isEmpty();
        bench.pass(3600);

        assertThat(phone.parameter("GPP_A")).hasSize(1200);
        assertThat(server.asked()).containsExactly("/spa942.cfg", "/spa942.cfg");
    }

    private static void answer(HttpExchange exchange) {
        byte[] body = ("<flat-profile>" + PROFILE + "</flat-profile>").getBytes(UTF_8);
        try {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            exchange.close();
        }
    }

    // Syslog

    private static List<String> received(DatagramSocket syslog, int count) throws IOException {
        syslog.setSoTimeout(5000);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
            syslog.receive(packet);
            lines.add(new String(packet.getData(), 0, packet.getLength(), UTF_8));
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "SPA942, 5.1.15, /spa942.cfg, SPA-942, Syslog_Identifier, None",
        "CP_8841, sip88xx.11-3-1MPP-110, /8841-3PCC.xml, 000E08AABBCC CP-8841-3PCC, Syslog_Identifier, $MAU"
    })
    void syslog_ofAResync_hasTheDefaultTexts(
            PhoneModel model, String version, String path, String start, String name, String value) throws IOException {
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            server.with(
                    path,
                    "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>0</Resync_Periodic><Syslog_Server>"
                            + "127.0.0.1:" + syslog.getLocalPort() + "</Syslog_Server><" + name + ">" + value + "</"
                            + name
                            + "><Profile_Rule>" + server.url() + "/own.cfg</Profile_Rule>"
                            + "<Resync_Error_Retry_Delay>0</Resync_Error_Retry_Delay>");
            server.with("/own.cfg", "");
            VirtualPhone phone = bench.phone(model, version);
            bench.pass(60);
            String first = start + " 00:0e:08:aa:bb:cc -- ";
            assertThat(received(syslog, 1)).containsExactly(first + "Successful resync " + server.url() + path);

            phone.resync();
            bench.pass(1);
            assertThat(received(syslog, 2))
                    .containsExactlyInAnyOrder(
                            first + "Requesting resync " + server.url() + "/own.cfg",
                            first + "Successful resync " + server.url() + "/own.cfg");
            server.with("/own.cfg", "not a profile".getBytes(UTF_8));
            phone.resync();
            bench.pass(1);

            assertThat(received(syslog, 2))
                    .containsExactlyInAnyOrder(
                            first + "Requesting resync " + server.url() + "/own.cfg",
                            first + "Resync failed: corrupt file");
        }
    }

    @Test
    void syslog_ofAnUpgrade_hasTheDefaultTextsAndEmptyOnesAreNotSent() throws IOException {
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            server.with(
                            "/spa504G.cfg",
                            "<Resync_Periodic>0</Resync_Periodic><Resync_After_Upgrade_Attempt>No"
                                    + "</Resync_After_Upgrade_Attempt><Syslog_Server>127.0.0.1:" + syslog.getLocalPort()
                                    + "</Syslog_Server><Log_Resync_Success_Msg></Log_Resync_Success_Msg>")
                    .with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100));
            VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
            bench.pass(60);

            phone.upgrade(server.url() + "/fw.bin");
            bench.pass(60);
            phone.upgrade(server.url() + "/none.bin");
            bench.pass(60);

            String first = "SPA504G 00:0e:08:aa:bb:cc -- ";
            assertThat(received(syslog, 4))
                    .containsExactlyInAnyOrder(
                            first + "Requesting upgrade " + server.url() + "/fw.bin",
                            first + "Successful upgrade " + server.url() + "/fw.bin -- 7.6.2g",
                            first + "Requesting upgrade " + server.url() + "/none.bin",
                            first + "Upgrade failed: file not found: none.bin");
        }
    }
}
