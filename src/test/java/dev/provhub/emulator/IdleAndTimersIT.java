package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a phone does something, and what keeps it from it (section 3 of the device protocol reference). */
class IdleAndTimersIT {
    private static final String MPP = "sip88xx.11-3-1MPP-110";
    private static final String AT_ONCE = "<Resync_Random_Delay>0</Resync_Random_Delay>";

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

    private void call(VirtualPhone phone, boolean begins) {
        phone.call(begins);
        bench.pass(0);
    }

    private List<Long> waits(String why) {
        return bench.events(PhoneEvent.Waiting.class).stream()
                .filter(waiting -> waiting.why().equals(why))
                .map(waiting -> waiting.duration().toSeconds())
                .toList();
    }

    // Calls

    @Test
    void resync_dueInACall_runsAtTheHangUp() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", "<Resync_Periodic>100</Resync_Periodic>");
        call(phone, true);

        bench.pass(1000);
        assertThat(server.asked()).hasSize(1);
        assertThat(bench.events(PhoneEvent.PutOff.class))
                .containsExactly(new PhoneEvent.PutOff(
                        "resync", "a line is in a call; for no longer than Forced_Resync_Delay, 14400 s"));
        call(phone, false);

        assertThat(server.asked()).hasSize(2);
        bench.pass(90);
        assertThat(server.asked()).hasSize(2);
        bench.pass(20);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void resync_callOutlastsForcedDelay_runsInTheCall() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<Resync_Periodic>100</Resync_Periodic><Forced_Resync_Delay>500</Forced_Resync_Delay>");
        call(phone, true);

        bench.pass(60 + 500 - 30);
        assertThat(server.asked()).hasSize(1);
        bench.pass(60);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void resync_wantedAgainAndAgainInACall_isForcedByTheFirst() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<Resync_Periodic>0</Resync_Periodic><Forced_Resync_Delay>300</Forced_Resync_Delay>"
                        + "<Resync_Trigger_1>$REGTMR1 gt 20</Resync_Trigger_1>");
        call(phone, true);
        phone.registered(1, false);

        bench.pass(300);
        assertThat(server.asked()).hasSize(1);
        bench.pass(40);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void upgrade_inACall_waitsForItsEnd() {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "<Resync_Periodic>0</Resync_Periodic>");
        server.with("/fw.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 100));
        call(phone, true);

        phone.upgrade(server.url() + "/fw.bin");
        bench.pass(100_000);
        assertThat(server.asked()).hasSize(1);
        assertThat(bench.events(PhoneEvent.PutOff.class))
                .containsExactly(new PhoneEvent.PutOff("upgrade", "a line is in a call"));
        call(phone, false);

        assertThat(phone.softwareVersion()).isEqualTo("7.6.2g");
    }

    @Test
    void reboot_inACall_endsIt() {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "");
        call(phone, true);

        phone.reboot();
        bench.pass(60);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.POWER_UP);
    }

    @Test
    void reboot_timerRunsOutMeanwhile_isForgotten() {
        VirtualPhone phone = phone(PhoneModel.SPA504G, "7.4.8a", "<Resync_Periodic>70</Resync_Periodic>");

        phone.reboot();
        bench.pass(60);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.POWER_UP);
    }

    // Resync_Trigger

    @Test
    void trigger_onASpa_startsAResync() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<Resync_Periodic>0</Resync_Periodic><Resync_Trigger_1># never</Resync_Trigger_1>"
                        + "<Resync_Trigger_2>$REGTMR1 gt 300 and $PRVTMR ge 600</Resync_Trigger_2>"
                        + "<Profile_Rule>" + server.url() + "/own/$PRVST/$PRVTMR</Profile_Rule>");

        bench.pass(3600);
        assertThat(server.asked()).hasSize(1);
        phone.registered(1, false);
        bench.pass(290);
        assertThat(server.asked()).hasSize(1);
        bench.pass(30);

        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().get(1)).matches("/own/1/39[2-7][0-9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$REGTMR1 gt 300|is false: $REGTMR1 (0) is not above 300",
                "($REGTMR1 gt 300)|is false: ($REGTMR1 ((0) is not above 300) (not two integers or two versions of"
                        + " one form: never true) (a trigger stands without parentheses)",
            })
    void trigger_notTrue_isToldOnceWithItsReason(String condition, String expected) {
        phone(PhoneModel.SPA942, "5.1.15", "<Resync_Trigger_1>" + condition + "</Resync_Trigger_1>");

        bench.pass(100);

        assertThat(bench.events(PhoneEvent.Evaluated.class).stream()
                        .filter(told -> told.rule().equals("Resync_Trigger_1")))
                .containsExactly(new PhoneEvent.Evaluated("Resync_Trigger_1", List.of(expected)));
    }

    @Test
    void resync_forcedDelayOfNone_waitsForTheHangUp() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", "<Forced_Resync_Delay>0</Forced_Resync_Delay>");
        call(phone, true);

        phone.resync();
        bench.pass(1000);

        assertThat(bench.events(PhoneEvent.PutOff.class))
                .containsExactly(new PhoneEvent.PutOff("resync", "a line is in a call"));
    }

    @Test
    void trigger_onAMultiplatformPhone_holdsTimedResyncsBack() {
        VirtualPhone phone = phone(
                PhoneModel.CP_8841,
                MPP,
                "<Resync_Periodic>100</Resync_Periodic><Resync_Trigger_1>$REGTMR1 gt 0</Resync_Trigger_1>");

        bench.pass(1000);
        assertThat(bench.events(PhoneEvent.Declined.class).get(0))
                .isEqualTo(new PhoneEvent.Declined("resync", "neither Resync_Trigger_1 nor Resync_Trigger_2 is true"));
        phone.resync();
        bench.pass(1);
        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT);
        phone.registered(1, false);
        bench.pass(110);

        assertThat(bench.resyncs()).containsExactly(ResyncReason.POWER_UP, ResyncReason.EXPLICIT, ResyncReason.TIMER);
    }

    // Delays

    @Test
    void periodic_listWithRandomPart_isWalkedWithinItsBounds() {
        phone(PhoneModel.SPA504G, "7.4.8a", "<Resync_Periodic>100,200+60</Resync_Periodic>");

        bench.pass(2000);

        List<Long> waits = waits("next resync");
        assertThat(waits).hasSizeGreaterThan(7).first().isEqualTo(100L);
        assertThat(waits.subList(1, waits.size())).allMatch(wait -> wait >= 200 && wait <= 260);
        assertThat(waits.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void errorRetry_list_startsAgainAfterASuccess() {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Resync_Periodic>0</Resync_Periodic><Resync_Error_Retry_Delay>10,20,40</Resync_Error_Retry_Delay>"
                        + "<Profile_Rule>" + server.url() + "/own</Profile_Rule>");

        phone.resync();
        bench.pass(10 + 20 + 40 + 20);
        assertThat(waits(PhoneEvent.RETRY)).containsExactly(10L, 20L, 40L, 40L);
        server.with("/own", "");
        bench.pass(40);
        server.without("/own");
        phone.resync();
        bench.pass(1);

        assertThat(waits(PhoneEvent.RETRY)).containsExactly(10L, 20L, 40L, 40L, 10L);
    }

    @Test
    void errorRetry_zero_isNone() {
        VirtualPhone phone = phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Resync_Periodic>0</Resync_Periodic><Resync_Error_Retry_Delay>0</Resync_Error_Retry_Delay>"
                        + "<Profile_Rule>" + server.url() + "/own</Profile_Rule>");

        phone.resync();
        bench.pass(Duration.ofDays(3));

        assertThat(server.asked()).containsExactly("/spa504G.cfg", "/own");
        assertThat(waits(PhoneEvent.RETRY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1330", "2400", "0000"})
    void resyncAt_daily_isKeptWithoutThePeriod(String time) {
        phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Resync_At__HHmm_>" + time + "</Resync_At__HHmm_><Resync_At_Random_Delay>0</Resync_At_Random_Delay>"
                        + "<Resync_Periodic>60</Resync_Periodic>");
        // The phone's day begins at noon
        Duration until = time.equals("1330") ? Duration.ofMinutes(90) : Duration.ofHours(12);

        bench.pass(until.minusSeconds(61));
        assertThat(server.asked()).hasSize(1);
        bench.pass(2);
        assertThat(server.asked()).hasSize(2);
        bench.pass(Duration.ofHours(24).minusSeconds(10));
        assertThat(server.asked()).hasSize(2);
        bench.pass(20);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void resyncAt_randomDelayBelow600_actsAs600() {
        phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Resync_At__HHmm_>1330</Resync_At__HHmm_><Resync_At_Random_Delay>1</Resync_At_Random_Delay>");

        bench.pass(Duration.ofDays(20));

        assertThat(waits("next resync").stream().skip(1))
                .hasSizeGreaterThan(18)
                .allMatch(wait -> wait > 86_400 - 601 && wait < 86_400 + 601)
                .anyMatch(wait -> wait > 86_400 + 120);
    }

    @Test
    void resyncAt_noTimeOfDay_isIgnored() {
        phone(
                PhoneModel.SPA504G,
                "7.4.8a",
                "<Resync_At__HHmm_>2460</Resync_At__HHmm_><Resync_Periodic>100</Resync_Periodic>");

        bench.pass(100);

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void resyncOnReset_no_leavesTheStartAlone() {
        VirtualPhone phone = phone(
                PhoneModel.SPA942,
                "5.1.15",
                "<Resync_On_Reset>No</Resync_On_Reset><Resync_Periodic>0</Resync_Periodic>");

        phone.reboot();
        bench.pass(1000);
        assertThat(server.asked()).hasSize(1);
        phone.resync();
        bench.pass(1);

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void randomDelay_unitsOfTwentySeconds_boundTheFirstContact() {
        VirtualPhone phone = phone(PhoneModel.SPA942, "5.1.15", "<Resync_Random_Delay>100</Resync_Random_Delay>");
        phone.reboot();
        bench.pass(60);

        List<Long> waits = waits("random delay");
        assertThat(waits.get(0)).isBetween(0L, 40L);
        assertThat(waits.get(1)).isBetween(41L, 2000L);
    }
}
