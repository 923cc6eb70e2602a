package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.emulator.transport.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phone keeps, what it forgets, and whose it is (section 7 of the device protocol reference). */
class StateIT {
    private static final String MPP = "sip88xx.11-3-1MPP-110";
    private static final String AT_ONCE =
            "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>100</Resync_Periodic>";

    private final PhoneBench bench = new PhoneBench();
    private final ProvisioningServer server = bench.server();

    @AfterEach
    void stop() {
        bench.close();
    }

    private List<Customization> customizations() {
        return bench.events(PhoneEvent.Customized.class).stream()
                .map(PhoneEvent.Customized::state)
                .toList();
    }

    // Factory reset

    @Test
    void factoryReset_whileRunning_asksForTheFirstProfileAgain() {
        server.with(
                        "/spa504G.cfg",
                        AT_ONCE + "<GPP_A>a</GPP_A><Display_Name_1_ ua=\"ro\"/><Profile_Rule>" + server.url()
                                + "/own</Profile_Rule>")
                .with("/own", "<GPP_B>b</GPP_B>");
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
        bench.pass(200);
        assertThat(phone.parameter("GPP_B")).isEqualTo("b");
        server.without("/spa504G.cfg");

        phone.factoryReset();
        bench.pass(120);

        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(phone.parameter("GPP_B")).isEmpty();
        assertThat(phone.access("Display_Name_1_")).isEmpty();
        assertThat(phone.parameter("Profile_Rule")).isEqualTo("/spa$PSN.cfg");
        assertThat(server.asked()).startsWith("/spa504G.cfg", "/own").endsWith("/spa504G.cfg");
        assertThat(bench.events(PhoneEvent.FactoryReset.class)).hasSize(1);
    }

    @Test
    void factoryReset_duringAReboot_isDoneAfterIt() {
        server.with("/spa504G.cfg", AT_ONCE + "<GPP_A>a</GPP_A>");
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
        bench.pass(60);
        server.without("/spa504G.cfg");

        phone.reboot();
        bench.pass(10);
        phone.factoryReset();
        bench.pass(120);

        assertThat(phone.parameter("GPP_A")).isEmpty();
        assertThat(bench.events(PhoneEvent.FactoryReset.class)).hasSize(1);
        assertThat(bench.events(PhoneEvent.Booted.class)).hasSize(3);
    }

    @Test
    void factoryReset_firmware_stays() {
        server.with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100))
                .with("/spa504G.cfg", AT_ONCE);
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
        bench.pass(60);
        phone.upgrade(server.url() + "/fw.bin");
        bench.pass(60);

        phone.factoryReset();
        bench.pass(60);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
    }

    @Test
    void factoryReset_customCa_isFetchedAnew() throws Exception {
        server.with("/ca.pem", new TestPki("Hub CA").pem())
                .with("/8841-3PCC.xml", AT_ONCE + "<Custom_CA_Rule>" + server.url() + "/ca.pem</Custom_CA_Rule>");
        VirtualPhone phone = bench.phone(PhoneModel.CP_8841, MPP);
        bench.pass(60);

        phone.factoryReset();
        bench.pass(120);

        assertThat(bench.events(PhoneEvent.CaTrusted.class)).hasSize(2);
    }

    @Test
    void state_withCustomCa_fetchesItBeforeItsFirstResync() throws Exception {
        server.with("/ca.pem", new TestPki("Hub CA").pem()).with("/own", AT_ONCE);
        PhoneState state;
        try (VirtualPhone phone = bench.phone(PhoneModel.CP_8841, MPP)) {
            phone.set("Custom_CA_Rule", server.url() + "/ca.pem");
            phone.set("Profile_Rule", server.url() + "/own");
            state = phone.state();
        }

        bench.phone(PhoneModel.CP_8841, MPP, with -> with.state(state));
        bench.pass(200);

        assertThat(server.asked()).startsWith("/ca.pem", "/own", "/own");
        assertThat(bench.events(PhoneEvent.CaTrusted.class)).hasSize(1);
    }

    // State file

    @Test
    void state_writtenAndRead_goesOnWhereItWas(@TempDir Path folder) throws IOException {
        server.with(
                        "/spa504G.cfg",
                        AT_ONCE
                                + "<GPP_SA>-</GPP_SA><Password_1_>pw</Password_1_><Display_Name_1_ ua=\"ro\">x</Display_Name_1_>"
                                + "<Profile_Rule>" + server.url() + "/own/$SWVER</Profile_Rule><Upgrade_Rule>"
                                + server.url()
                                + "/fw.bin</Upgrade_Rule>")
                .with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100))
                .with("/own/7.6.2g", "<GPP_B>b</GPP_B>");
        Path file = folder.resolve("phone.json");
        try (VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a")) {
            bench.pass(120);
            assertThat(phone.parameter("GPP_B")).isEqualTo("b");
            phone.state().write(file);
        }
        int before = server.asked().size();

        PhoneState state = PhoneState.read(file);
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a", with -> with.state(state));
        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
        assertThat(phone.parameter("Password_1_")).isEqualTo("pw");
        assertThat(phone.access("Display_Name_1_")).isEqualTo("ro");
        assertThat(phone.state()).isEqualTo(state);
        bench.pass(90);

        assertThat(server.asked().subList(before, server.asked().size())).containsExactly("/own/7.6.2g");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(state.toString()).doesNotContain("pw");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void state_overAnOlderFile_replacesItAndItsMode(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("phone.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> PhoneState.read(file)).isInstanceOf(IOException.class);

        bench.phone(PhoneModel.SPA942, "5.1.15").state().write(file);

        assertThat(PhoneState.read(file).model()).isEqualTo("SPA-942");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void startRunning_withState_waitsForItsTimerFirst() {
        PhoneState state;
        try (VirtualPhone phone = bench.phone(PhoneModel.SPA942, "5.1.15")) {
            phone.set("Profile_Rule", server.url() + "/own");
            state = phone.state();
        }
        server.with("/own", AT_ONCE);
        VirtualPhone phone = bench.running(PhoneModel.SPA942, state, Duration.ofSeconds(500));

        bench.pass(490);
        assertThat(server.asked()).isEmpty();
        bench.pass(20);

        assertThat(server.asked()).containsExactly("/own");
        assertThat(bench.resyncs()).containsExactly(ResyncReason.TIMER);
        assertThat(phone.parameter("Resync_Periodic")).isEqualTo("100");
    }

    // Remote customization

    private String vendor() {
        return server.url() + "/rc?id=$MAU:$SN:$PN";
    }

    @Test
    void customization_ordinaryUnit_isOpen() {
        assertThat(bench.phone(PhoneModel.SPA112, "1.3.5(004p)").customization())
                .isEqualTo(Customization.OPEN);
        bench.pass(60);

        assertThat(customizations()).isEmpty();
    }

    @Test
    void customization_spa_asksTheVendorBeforeAllElse() {
        server.with(
                        "/rc?id=000E08AABBCC:CCQ162306EA:SPA112",
                        AT_ONCE + "<Profile_Rule>" + server.url() + "/isp?id=$MA&amp;rc=$ISCUST</Profile_Rule>")
                .with("/isp?id=000e08aabbcc&rc=0", "<GPP_A>isp</GPP_A>");
        VirtualPhone phone = bench.phone(PhoneModel.SPA112, "1.3.5(004p)", with -> with.customizedBy(vendor()));
        assertThat(phone.customization()).isEqualTo(Customization.PENDING);

        bench.pass(60);
        assertThat(customizations()).containsExactly(Customization.CUSTOM_PENDING, Customization.ACQUIRED);
        assertThat(phone.parameter("GPP_A")).isEqualTo("isp");
        bench.pass(100);
        assertThat(server.asked())
                .containsExactly(
                        "/rc?id=000E08AABBCC:CCQ162306EA:SPA112",
                        "/isp?id=000e08aabbcc&rc=0",
                        "/isp?id=000e08aabbcc&rc=1");

        phone.factoryReset();
        bench.pass(60);
        assertThat(server.asked()).endsWith("/rc?id=000E08AABBCC:CCQ162306EA:SPA112", "/isp?id=000e08aabbcc&rc=0");
    }

    @Test
    void customization_mppWithAUsefulDhcpOption_isAborted() {
        server.with("/8841-3PCC.xml", AT_ONCE);
        VirtualPhone phone = bench.phone(PhoneModel.CP_8841, MPP, with -> with.customizedBy(vendor()));

        bench.pass(500);

        assertThat(customizations()).containsExactly(Customization.ABORTED);
        assertThat(phone.customization()).isEqualTo(Customization.ABORTED);
        assertThat(server.asked()).containsOnly("/8841-3PCC.xml");
    }

    @Test
    void customization_mppWithoutOne_walksToAcquired() {
        server.with(
                        "/rc?id=000E08AABBCC:CCQ162306EA:CP-8841-3PCC",
                        AT_ONCE + "<Profile_Rule>" + server.url() + "/isp</Profile_Rule>")
                .with("/isp", "<GPP_A>isp</GPP_A>");
        VirtualPhone phone = bench.phone(
                PhoneModel.CP_8841, MPP, with -> with.customizedBy(vendor()).dhcp(DhcpOptions.NONE));

        bench.pass(60);

        assertThat(customizations()).containsExactly(Customization.CUSTOM_PENDING, Customization.ACQUIRED);
        assertThat(phone.parameter("GPP_A")).isEqualTo("isp");
    }

    @Test
    void customization_unknownToTheVendor_isUnavailableAndNotAskedAgain() {
        VirtualPhone phone = bench.phone(
                PhoneModel.CP_8841, MPP, with -> with.customizedBy(vendor()).dhcp(DhcpOptions.NONE));

        bench.pass(1000);

        assertThat(phone.customization()).isEqualTo(Customization.UNAVAILABLE);
        assertThat(server.asked()).containsExactly("/rc?id=000E08AABBCC:CCQ162306EA:CP-8841-3PCC");
    }
}
