package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.emulator.transport.Scheme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Upgrade_Rule} and its neighbours (section 6 of the device protocol reference). */
class UpgradeIT {
    private final PhoneBench bench = new PhoneBench();
    private final ProvisioningServer server = bench.server();

    @AfterEach
    void stop() {
        bench.close();
    }

    private static byte[] image(String version) {
        return FirmwareImages.image(ContainerKind.SECTORS, version, 100);
    }

    /** A resync each 1000 s. */
    private VirtualPhone phone(String rule, String parameters) {
        profile(rule, parameters);
        VirtualPhone phone = bench.phone(PhoneModel.SPA504G, "7.4.8a");
        bench.pass(60);
        return phone;
    }

    private void profile(String rule, String parameters) {
        server.with(
                "/spa504G.cfg",
                "<Resync_Random_Delay>0</Resync_Random_Delay><Resync_Periodic>1000</Resync_Periodic><Upgrade_Rule>"
                        + rule + "</Upgrade_Rule>" + parameters);
    }

    private long asked(String path) {
        return server.asked().stream().filter(path::equals).count();
    }

    private List<String> errors() {
        return bench.events(PhoneEvent.UpgradeFailed.class).stream()
                .map(PhoneEvent.UpgradeFailed::error)
                .toList();
    }

    private void assertRefused(byte[] body) {
        server.with("/fw.bin", body);
        VirtualPhone phone = phone(server.url() + "/fw.bin", "");

        assertThat(phone.softwareVersion()).isEqualTo("7.4.8a");
        assertThat(errors()).hasSize(1);
        assertThat(errors().get(0)).startsWith("image ");
        assertThat(bench.events(PhoneEvent.Booted.class)).hasSize(1);
    }

    @Test
    void image_otherMagic_isRefused() {
        byte[] image = image("7.6.2g");
        image[0] = 'X';
        assertRefused(image);
    }

    @Test
    void image_cutShort_isRefused() {
        byte[] image = image("7.6.2g");
        assertRefused(Arrays.copyOf(image, image.length - 1));
    }

    @Test
    void image_withoutVersion_isRefused() {
        byte[] image = image("7.6.2g");
        Arrays.fill(image, 0x5c, 0x7c, (byte) 0);
        assertRefused(image);
    }

    @Test
    void rule_actedOn_isNotFollowedAgainThoughTheFileIsNew() {
        server.with("/fw.bin", image("7.5.2b"));
        VirtualPhone phone = phone(server.url() + "/fw.bin", "");
        assertThat(phone.softwareVersion()).isEqualTo("7.5.2b");
        assertThat(bench.events(PhoneEvent.Upgraded.class))
                .containsExactly(new PhoneEvent.Upgraded("7.4.8a", "7.5.2b", Scheme.HTTP, 292));
        server.with("/fw.bin", image("7.6.2g"));

        bench.pass(5000);
        assertThat(asked("/fw.bin")).isEqualTo(1);
        assertThat(phone.softwareVersion()).isEqualTo("7.5.2b");

        profile(server.url() + "/fw.bin?2", "");
        server.with("/fw.bin?2", image("7.6.2g"));
        bench.pass(1100);
        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
    }

    @Test
    void rule_otherTextWithTheSameUrl_isFollowedAgain() {
        server.with("/fw.bin", image("7.5.2b"));
        VirtualPhone phone = phone(server.url() + "/fw.bin", "");
        server.with("/fw.bin", image("7.6.2g"));
        profile("($SWVER lt 7.6.2g)? " + server.url() + "/fw.bin", "");

        bench.pass(5000);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
        assertThat(asked("/fw.bin")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Provision_Enable", "Resync_On_Reset", "Profile_Rule"})
    void rule_withoutAResync_isFollowedAllTheSame(String parameter) {
        server.with("/fw.bin", image("7.6.2g"));
        VirtualPhone phone = bench.phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                builder -> builder.state(new PhoneState(
                        "SPA504G",
                        PhoneBench.MAC,
                        "CCQ162306EA",
                        "7.4.8a",
                        false,
                        Customization.OPEN,
                        "",
                        Map.of(parameter, "No", "Resync_Random_Delay", "0", "Upgrade_Rule", server.url() + "/fw.bin"),
                        Map.of())));

        bench.pass(100);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
        assertThat(asked("/fw.bin")).isEqualTo(1);
    }

    @Test
    void rule_afterAPowerCycle_isStillActedOn() {
        server.with("/fw.bin", image("7.5.2b"));
        VirtualPhone phone = phone(server.url() + "/fw.bin", "");

        phone.reboot();
        bench.pass(5000);

        assertThat(asked("/fw.bin")).isEqualTo(1);
    }

    @Test
    void rule_failedBeforeAPowerCycle_isTriedAgainAfterIt() {
        VirtualPhone phone =
                phone(server.url() + "/fw.bin", "<Upgrade_Error_Retry_Delay>100000</Upgrade_Error_Retry_Delay>");
        assertThat(errors()).containsExactly("file not found: fw.bin");
        server.with("/fw.bin", image("7.6.2g"));
        bench.pass(5000);
        assertThat(phone.softwareVersion()).isEqualTo("7.4.8a");

        phone.reboot();
        bench.pass(60);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
    }

    @Test
    void url_onceByHand_doesNotWakeTheRule() {
        server.with("/fw.bin", image("7.5.2b")).with("/other.bin", image("7.6.2g"));
        VirtualPhone phone = phone(server.url() + "/fw.bin", "");
        bench.pass(60);

        phone.upgrade(server.url() + "/other.bin");
        bench.pass(5000);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
        assertThat(asked("/fw.bin")).isEqualTo(1);
        assertThat(asked("/other.bin")).isEqualTo(1);
    }

    @Test
    void url_onceByHandAndFailed_isNotTriedAgainButResyncs() {
        VirtualPhone phone = phone("", "<Resync_Periodic>0</Resync_Periodic>");

        phone.upgrade(server.url() + "/none.bin");
        bench.pass(100_000);

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/none.bin", "/spa504G.cfg");
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.AFTER_UPGRADE);
    }

    @Test
    void downgradeLimit_lowerVersion_isRefusedAndTheSameOneTaken() {
        server.with("/old.bin", image("7.4.7"));
        VirtualPhone phone = phone(server.url() + "/old.bin", "<Downgrade_Rev_Limit>7.4.8</Downgrade_Rev_Limit>");
        assertThat(errors()).containsExactly("version 7.4.7 is below Downgrade_Rev_Limit 7.4.8");

        server.with("/same.bin", image("7.4.8"));
        profile(server.url() + "/same.bin", "");
        bench.pass(1000);

        assertThat(phone.softwareVersion()).isEqualTo("7.4.8");
    }

    @Test
    void retryList_isWalkedAndZeroEndsIt() {
        phone(
                server.url() + "/fw.bin",
                "<Upgrade_Error_Retry_Delay>100,300,900</Upgrade_Error_Retry_Delay>"
                        + "<Resync_After_Upgrade_Attempt>No</Resync_After_Upgrade_Attempt>");

        bench.pass(100 + 300 + 900 + 900 + 5);
        assertThat(bench.events(PhoneEvent.Waiting.class).stream()
                        .filter(waiting -> waiting.why().equals("next upgrade attempt"))
                        .map(waiting -> waiting.duration().toSeconds()))
                .containsExactly(100L, 300L, 900L, 900L, 900L);
        assertThat(asked("/fw.bin")).isEqualTo(5);

        profile(server.url() + "/fw.bin", "<Upgrade_Error_Retry_Delay>0</Upgrade_Error_Retry_Delay>");
        bench.pass(100_000);
        assertThat(asked("/fw.bin")).isEqualTo(6);
    }

    @Test
    void attempt_macrosInTheRule_tellFirstFromRetry() {
        phone(
                server.url() + "/fw/$UPGST/$UPGTMR.bin",
                "<Upgrade_Error_Retry_Delay>100</Upgrade_Error_Retry_Delay><Resync_Periodic>0</Resync_Periodic>"
                        + "<Resync_After_Upgrade_Attempt>No</Resync_After_Upgrade_Attempt>");

        bench.pass(200);

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/fw/1/0.bin", "/fw/2/100.bin", "/fw/2/100.bin");
    }

    @Test
    void attempt_failed_isToldByMacrosOfTheNextResync() {
        VirtualPhone phone = phone(
                "",
                "<Resync_Periodic>0</Resync_Periodic><Resync_After_Upgrade_Attempt>No</Resync_After_Upgrade_Attempt>"
                        + "<GPP_A>$UPGERR $UPGTMR s ago</GPP_A><Profile_Rule>[--post a] " + server.url()
                        + "/own</Profile_Rule>");
        server.with("/own", "");
        phone.upgrade(server.url() + "/none.bin");
        bench.pass(50);

        phone.resync();
        bench.pass(1);

        assertThat(server.last().text()).isEqualTo("file not found: none.bin 50 s ago");
    }

    @Test
    void upgradeEnable_no_keepsTheVersion() {
        server.with("/fw.bin", image("7.6.2g"));
        VirtualPhone phone = phone(server.url() + "/fw.bin", "<Upgrade_Enable>No</Upgrade_Enable>");

        phone.upgrade(server.url() + "/fw.bin");
        bench.pass(5000);

        assertThat(asked("/fw.bin")).isZero();
        assertThat(bench.events(PhoneEvent.Declined.class))
                .containsExactly(new PhoneEvent.Declined("upgrade", "Upgrade_Enable is No"));
    }

    @Test
    void resyncAfterUpgrade_no_waitsForThePeriod() {
        server.with("/fw.bin", image("7.6.2g"));
        phone(server.url() + "/fw.bin", "<Resync_After_Upgrade_Attempt>No</Resync_After_Upgrade_Attempt>");

        bench.pass(900);
        assertThat(asked("/spa504G.cfg")).isEqualTo(1);
        bench.pass(200);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.TIMER);
    }

    @Test
    void rule_withOptions_isInvalid() {
        server.with("/fw.bin", image("7.6.2g"));
        phone("[--key k] " + server.url() + "/fw.bin", "");

        assertThat(asked("/fw.bin")).isZero();
        assertThat(errors()).containsExactly("invalid Upgrade_Rule: it takes no options");
    }
}
