package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.ExternalProgram;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.emulator.transport.PhoneNetwork;
import dev.provhub.emulator.transport.Scheme;
import dev.provhub.emulator.transport.TestPki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualPhoneIT {
    private static final String KEY = "0f".repeat(32);

    private final HandClock clock = new HandClock();
    private final PhoneNetwork network = PhoneNetwork.open(1);
    private final List<PhoneEvent> events = new CopyOnWriteArrayList<>();
    private ProvisioningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ProvisioningServer();
    }

    @AfterEach
    void stop() {
        server.close();
        network.close();
    }

    private VirtualPhone phone(PhoneModel model, String version, String option66) {
        VirtualPhone phone = VirtualPhone.builder(
                        new PhoneIdentity(model, "000e08aabbcc", "CCQ162306EA", version), clock, network)
                .dhcp(DhcpOptions.tftpServerName(option66))
                .listener((who, event) -> events.add(event))
                .build();
        clock.watch(phone).start();
        return phone;
    }

    private <E extends PhoneEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static byte[] sealed(String parameters, String md) throws Exception {
        ExternalProgram.require("openssl");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("<flat-profile>" + parameters + "</flat-profile>").getBytes(StandardCharsets.UTF_8));
        }
        return ExternalProgram.run(zipped.toByteArray(), "openssl", "enc", "-e", "-aes-256-cbc", "-md", md, "-k", KEY)
                .out();
    }

    @Test
    void life_fromFactoryToLastFirmware_walksBothSteps() throws Exception {
        String home = server.url();
        server.with(
                        "/spa504G.cfg",
                        "<Profile_Rule>" + home + "/b/$(PSN)/$(MA).cfg</Profile_Rule>"
                                + "<Resync_Periodic>30</Resync_Periodic><Resync_Random_Delay>0</Resync_Random_Delay>")
                .with(
                        "/b/504G/000e08aabbcc.cfg",
                        "<GPP_A>" + KEY + "</GPP_A><GPP_P>0</GPP_P><Profile_Rule>" + "[--key $(A)] " + home
                                + "/p/d/$(P)/$(SWVER)/profile.cfg</Profile_Rule>")
                .with("/fw/spa50x-30x-7-5-2b.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.5.2b", 9000))
                .with("/fw/spa50x-30x-7-6-2g.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 9000));
        byte[] profile = sealed(
                "<Resync_Periodic>3600+600</Resync_Periodic><GPP_P>1.ab</GPP_P><Upgrade_Rule>"
                        + "($SWVER lt 7.5.2b)? " + home + "/fw/spa50x-30x-7-5-2b.bin | "
                        + "($SWVER lt 7.6.2g)? " + home + "/fw/spa50x-30x-7-6-2g.bin</Upgrade_Rule>",
                "md5");
        server.with("/p/d/0/7.4.8a/profile.cfg", profile)
                .with("/p/d/1.ab/7.5.2b/profile.cfg", profile)
                .with("/p/d/1.ab/7.6.2g/profile.cfg", profile);

        try (VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", home)) {
            clock.pass(Duration.ofMinutes(10));

            assertThat(server.asked())
                    .containsExactly(
                            "/spa504G.cfg",
                            "/b/504G/000e08aabbcc.cfg",
                            "/p/d/0/7.4.8a/profile.cfg",
                            "/fw/spa50x-30x-7-5-2b.bin",
                            "/p/d/1.ab/7.5.2b/profile.cfg",
                            "/fw/spa50x-30x-7-6-2g.bin",
                            "/p/d/1.ab/7.6.2g/profile.cfg");
            assertThat(server.agents().get(0)).isEqualTo("Cisco/SPA504G-7.4.8a (000E08AABBCC)(CCQ162306EA)");
            assertThat(server.agents().get(6)).isEqualTo("Cisco/SPA504G-7.6.2g (000E08AABBCC)(CCQ162306EA)");
            assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
            assertThat(phone.isSecured()).isTrue();
            assertThat(phone.parameter("GPP_P")).isEqualTo("1.ab");
            assertThat(events(PhoneEvent.Upgraded.class))
                    .containsExactly(
                            new PhoneEvent.Upgraded("7.4.8a", "7.5.2b", Scheme.HTTP, 9192),
                            new PhoneEvent.Upgraded("7.5.2b", "7.6.2g", Scheme.HTTP, 9192));
            assertThat(events(PhoneEvent.ResyncFinished.class))
                    .extracting(PhoneEvent.ResyncFinished::reason)
                    .containsExactly(
                            ResyncReason.POWER_UP,
                            ResyncReason.TIMER,
                            ResyncReason.TIMER,
                            ResyncReason.AFTER_UPGRADE,
                            ResyncReason.AFTER_UPGRADE);
            assertThat(events(PhoneEvent.Resynced.class).get(2))
                    .satisfies(event -> assertThat(event.sealed()).isTrue())
                    .satisfies(event -> assertThat(event.gzip()).isTrue())
                    .satisfies(event -> assertThat(event.bytes()).isEqualTo(profile.length));
            assertThat(events.toString()).doesNotContain(KEY);
        }
        assertThat(clock.armed()).isZero();
    }

    @Test
    void upgrade_loadsOfAMultiplatformPhone_fetchesAllItsFiles() throws IOException {
        String name = "sip88xx.12-0-7MPP0201-66.loads";
        FirmwareImages.files(ContainerKind.LOADS, name, "", 500)
                .forEach((file, body) -> server.with("/fw/" + file, body));
        server.with("/8841-3PCC.xml", "<Upgrade_Rule>" + server.url() + "/fw/" + name + "</Upgrade_Rule>");

        try (VirtualPhone phone = phone(PhoneModel.CP_8841, "sip88xx.11-0-0MPP-7", server.url())) {
            clock.pass(Duration.ofMinutes(5));

            assertThat(phone.softwareVersion()).isEqualTo("sip88xx.12-0-7MPP0201-66");
            assertThat(server.asked()).hasSize(5).endsWith("/8841-3PCC.xml");
            assertThat(server.agents().get(0)).isEqualTo("Cisco-CP-8841-3PCC/11.0 (000e08aabbcc)");
        }
    }

    @Test
    void resync_nothingThere_walksTheErrorListWithItsMacros() {
        server.with(
                "/spa508G.cfg",
                "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>100</Resync_Periodic>"
                        + "<Resync_Error_Retry_Delay>60,300,3000</Resync_Error_Retry_Delay><Profile_Rule>($PRVST eq 2 and "
                        + "$PRVTMR ge 3000)? " + server.url() + "/home/$PRVST/$PRVTMR | " + server.url()
                        + "/own</Profile_Rule>");

        try (VirtualPhone phone = phone(PhoneModel.SPA508G, "7.4.8a", server.url())) {
            clock.pass(Duration.ofHours(2));

            assertThat(server.asked())
                    .containsExactly("/spa508G.cfg", "/own", "/own", "/own", "/home/2/3000", "/home/2/3000");
            assertThat(events(PhoneEvent.ResyncFailed.class))
                    .extracting(PhoneEvent.ResyncFailed::error)
                    .containsOnly("file not found");
            assertThat(phone.isSecured()).isFalse();
        }
    }

    @Test
    void resync_firmwareWithOneDelay_goesHomeByItsOwnMark() {
        server.with(
                "/spa942.cfg",
                "<Resync_Periodic>100</Resync_Periodic><Resync_Error_Retry_Delay>60+60,300"
                        + "</Resync_Error_Retry_Delay><Profile_Rule>($PRVST eq 2 and \"$O\" eq \"h\")? ( o = \"\" )! "
                        + server.url() + "/home | ( o = \"h\" )! [--key $(A)] " + server.url() + "/own</Profile_Rule>");

        try (VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", server.url())) {
            clock.pass(Duration.ofSeconds(40 + 100 + 3 * 60 + 30));

            assertThat(server.asked()).containsExactly("/spa942.cfg", "/own", "/home", "/own", "/home");
            assertThat(phone.parameter("GPP_O")).isEmpty();
        }
    }

    @Test
    void resync_wrongKeyOrPlainFile_isCorruptAndChangesNothing() {
        server.with(
                        "/spa112.cfg",
                        "<GPP_SA>x</GPP_SA><Resync_Periodic>50</Resync_Periodic><Resync_Error_Retry_Delay>0"
                                + "</Resync_Error_Retry_Delay><Profile_Rule>[--key $(SA)] " + server.url()
                                + "/own</Profile_Rule>")
                .with("/own", "<GPP_B>never</GPP_B>");

        try (VirtualPhone phone = phone(PhoneModel.SPA112, "1.3.5(004p)", server.url())) {
            clock.pass(Duration.ofSeconds(95));

            assertThat(events(PhoneEvent.ResyncFailed.class).get(0).error()).isEqualTo("corrupt file");
            assertThat(phone.parameter("GPP_B")).isEmpty();
            assertThat(phone.parameter("GPP_SA")).isEqualTo("x");
        }
    }

    @Test
    void resync_rulesAToD_runInOrderAndSkipWhatIsNotTrue() {
        server.with(
                        "/init.cfg",
                        "<Profile_Rule>( c = \"2\" )! /a-$(MA).cfg</Profile_Rule><Profile_Rule_B>($PRVST eq 7)? /b.cfg"
                                + "</Profile_Rule_B><Profile_Rule_C>/c$(C).cfg</Profile_Rule_C><Profile_Rule_D># /d.cfg"
                                + "</Profile_Rule_D>")
                .with("/a-000e08aabbcc.cfg", "<GPP_D>a</GPP_D>")
                .with("/c2.cfg", "<GPP_D>c</GPP_D><Resync_Fails_On_FNF>No</Resync_Fails_On_FNF>");

        try (VirtualPhone phone = phone(PhoneModel.PAP2T, "5.1.5", server.url())) {
            clock.pass(Duration.ofMinutes(1));
            phone.resync();
            clock.pass(Duration.ofSeconds(1));

            assertThat(server.asked()).containsExactly("/init.cfg", "/a-000e08aabbcc.cfg", "/c2.cfg");
            assertThat(phone.parameter("GPP_D")).isEqualTo("c");
            server.without("/c2.cfg");
            phone.resync();
            clock.pass(Duration.ofSeconds(1));
            assertThat(events(PhoneEvent.ResyncFailed.class)).isEmpty();
        }
    }

    @Test
    void upgrade_badImage_isTriedAgainByItsListAndNotByTheResync() {
        server.with(
                        "/spa504G.cfg",
                        "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>100</Resync_Periodic>"
                                + "<Upgrade_Error_Retry_Delay>1000</Upgrade_Error_Retry_Delay>"
                                + "<Upgrade_Rule>" + server.url() + "/fw.bin</Upgrade_Rule>")
                .with("/fw.bin", "<html/>");

        try (VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", server.url())) {
            clock.pass(Duration.ofSeconds(990));
            assertThat(events(PhoneEvent.UpgradeFailed.class)).hasSize(1);
            clock.pass(Duration.ofSeconds(100));
            assertThat(events(PhoneEvent.UpgradeFailed.class)).hasSize(2);

            server.with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 10));
            clock.pass(Duration.ofSeconds(3000));
            assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
            assertThat(server.asked().stream().filter("/fw.bin"::equals)).hasSize(3);
        }
    }

    @Test
    void upgrade_overHttpsOrBelowTheLimit_isRefused() {
        server.with(
                "/spa504G.cfg",
                "<Resync_Random_Delay>0</Resync_Random_Delay><Upgrade_Rule>https://h/fw.bin</Upgrade_Rule>");
        try (VirtualPhone phone = phone(PhoneModel.SPA504G, "7.5.2b", server.url())) {
            clock.pass(Duration.ofSeconds(60));
            assertThat(events(PhoneEvent.UpgradeFailed.class).get(0).error()).contains("https");

            server.with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.4.7", 10));
            server.with(
                    "/spa504G.cfg",
                    "<Downgrade_Rev_Limit>7.4.8</Downgrade_Rev_Limit><Upgrade_Rule>" + server.url()
                            + "/fw.bin</Upgrade_Rule>");
            phone.resync();
            clock.pass(Duration.ofSeconds(1));
            assertThat(events(PhoneEvent.UpgradeFailed.class).get(1).error()).contains("Downgrade_Rev_Limit");
            assertThat(phone.softwareVersion()).isEqualTo("7.5.2b");
        }
    }

    @Test
    void resync_forbiddenDomainOrProvisionDisabled_asksNothing() {
        server.with(
                "/spa504G.cfg",
                "<Restricted_Access_Domains>example.net</Restricted_Access_Domains>"
                        + "<Resync_Periodic>10</Resync_Periodic>");
        try (VirtualPhone phone = phone(PhoneModel.SPA504G, "7.5.2b", server.url())) {
            clock.pass(Duration.ofHours(3));
            assertThat(server.asked()).hasSize(1);
            assertThat(events(PhoneEvent.ResyncFailed.class).get(0).error()).contains("Restricted_Access_Domains");
            assertThat(phone.parameter("Provision_Enable")).isEqualTo("Yes");
        }
    }

    @Test
    void customCa_namedByAProfile_isFetchedAndItsFailureFailsNothing() throws IOException {
        server.with(
                "/ata191.cfg",
                "<Custom_CA_URL>" + server.url() + "/ca/$PSN.pem</Custom_CA_URL>" + "<Custom_CA_Rule>" + server.url()
                        + "/never</Custom_CA_Rule>");
        try (VirtualPhone phone = phone(PhoneModel.ATA191, "11-1-0MPP-19", server.url())) {
            clock.pass(Duration.ofMinutes(1));

            assertThat(server.asked()).containsExactly("/ata191.cfg", "/ca/191.pem");
            assertThat(events(PhoneEvent.CaFailed.class)).hasSize(1);
            assertThat(events(PhoneEvent.ResyncFinished.class)).hasSize(1);
            assertThat(phone.parameter("Custom_CA_Rule")).isEmpty();
        }
    }

    @Test
    void customCa_fetched_isTrustedAndNotFetchedAgain() throws Exception {
        server.with("/ca/hub.pem", new TestPki("Hub CA").pem())
                .with(
                        "/8841-3PCC.xml",
                        "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>60</Resync_Periodic>"
                                + "<Custom_CA_Rule>" + server.url() + "/ca/hub.pem</Custom_CA_Rule>");
        try (VirtualPhone phone = phone(PhoneModel.CP_8841, "sip88xx.11-0-0MPP-7", server.url())) {
            clock.pass(Duration.ofMinutes(5));

            assertThat(events(PhoneEvent.CaTrusted.class))
                    .containsExactly(new PhoneEvent.CaTrusted(server.url() + "/ca/hub.pem", 1));
            assertThat(server.asked().stream().filter("/ca/hub.pem"::equals)).hasSize(1);
            assertThat(phone.isSecured()).isFalse();
        }
    }

    @Test
    void clock_scaled_runsManyPhonesAtOnce() throws Exception {
        server.with("/spa508G.cfg", "<Resync_Random_Delay>0</Resync_Random_Delay><GPP_A>done</GPP_A>");
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
        PhoneClock fast = PhoneClock.scaled(threads, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 100);
        List<VirtualPhone> phones = new ArrayList<>();
        try {
            for (int i = 0; i < 11; i++) {
                String mac = HexFormat.of().toHexDigits((long) i, 12);
                phones.add(VirtualPhone.builder(
                                new PhoneIdentity(PhoneModel.SPA508G, mac, "CBT" + i, "7.4.8a"), fast, network)
                        .dhcp(DhcpOptions.tftpServerName(server.url()))
                        .build());
            }
            phones.forEach(VirtualPhone::start);
            for (VirtualPhone phone : phones) {
                assertThat(phone.awaitUntil(one -> one.parameter("GPP_A").equals("done"), Duration.ofSeconds(10)))
                        .isTrue();
            }
            assertThatThrownBy(phones.get(0)::start).isInstanceOf(IllegalStateException.class);
            phones.get(0).close();
            assertThat(phones.get(0).awaitUntil(one -> false, Duration.ofSeconds(10)))
                    .isFalse();
        } finally {
            phones.forEach(VirtualPhone::close);
            threads.shutdownNow();
        }
    }
}
