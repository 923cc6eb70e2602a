package dev.provhub.store;

import static dev.provhub.store.RolloutSite.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.SettableClock;
import dev.provhub.device.Device;
import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a rollout does where little or nothing is known of devices, on both databases. */
@ParameterizedClass
@EnumSource(Engine.class)
class RolloutEvidenceIT {
    private static final String TWO_GROUPS = ",\"groups\":[\"2\",\"2\"],\"sample\":1";
    private static final Duration LONG_AGO = Duration.ofDays(3);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(RolloutSite.TEN);
    private RolloutSite site;

    @BeforeEach
    void open() {
        site = new RolloutSite(Engine.open(engine.freshUrl(folder)), clock, false);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private String waits(Rollout rollout) {
        return site.desk.view(rollout.id()).orElseThrow().waits().orElse("");
    }

    /** Of which nothing was heard for days when the rollout is made; those that are heard are so now. */
    private Rollout madeOfSilent(int devices, String plan) {
        site.with(devices, "7.5.2b");
        clock.forward(LONG_AGO);
        Rollout rollout = site.create(plan);
        site.turn();
        return rollout;
    }

    private void heard(List<Integer> numbers) {
        numbers.forEach(number -> site.seenAgain(mac(number)));
    }

    @Test
    void canary_ofWhichNobodyIsHeard_pausesWithTheReasonAndGoesOnWhenSomebodySaysSo() {
        Rollout rollout = madeOfSilent(8, TWO_GROUPS);
        assertThat(waits(rollout))
                .isEqualTo(
                        "group 1: nothing was heard of its 2 devices for 24 hours; at 2026-03-05T12:00:00Z the rollout"
                                + " pauses, because no device has arrived yet");

        site.pass(Duration.ofMinutes(110));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        site.pass(Duration.ofMinutes(10));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
        assertThat(site.reason(rollout))
                .isEqualTo(
                        "group 1: nothing is heard of its 2 devices, and no other has arrived; 'resume' lets the next"
                                + " group begin");
        assertThat(site.desk.turn().news().rollouts()).hasSize(1);
        site.pass(Duration.ofHours(1));
        assertThat(site.group(rollout, 2)).containsEntry("begun", false);

        site.act(rollout, RolloutAction.RESUME);
        site.turn();
        assertThat(site.group(rollout, 2)).containsEntry("begun", true);
        assertThat(site.count(rollout, Progress.FAILED)).isZero();
        // They come back, and are told
        site.ofGroup(rollout, 1).forEach(site::arrives);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(2);
    }

    @Test
    void canary_thatIsHeardAgainAfterAPause_isWaitedForWhenItGoesOn() {
        Rollout rollout = madeOfSilent(8, TWO_GROUPS);
        site.pass(Duration.ofHours(3));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);

        heard(site.ofGroup(rollout, 1));
        site.act(rollout, RolloutAction.RESUME);
        site.turn();
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(site.group(rollout, 2)).containsEntry("begun", false);
        assertThat(waits(rollout)).isEqualTo("group 1: 0 of 2 arrived, and it needs 90% and to know the end of 1");
        site.pass(Duration.ofHours(25));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
    }

    @Test
    void group_ofWhichNobodyIsHeard_letsTheNextOneBeginOnceOthersHaveArrived() {
        Rollout rollout = madeOfSilent(8, TWO_GROUPS);
        heard(site.ofGroup(rollout, 1));
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.turn();
        assertThat(waits(rollout))
                .isEqualTo("group 2: nothing was heard of its 2 devices for 24 hours; at 2026-03-05T12:00:00Z the next"
                        + " group begins without them");

        site.pass(Duration.ofMinutes(110));
        assertThat(site.group(rollout, 3)).containsEntry("begun", false);
        site.pass(Duration.ofMinutes(10));

        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(site.group(rollout, 3)).containsEntry("begun", true);
        assertThat(site.count(rollout, Progress.FAILED)).isZero();
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(6);
        site.ofGroup(rollout, 2).forEach(site::arrives);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(4);
    }

    @Test
    void lastGroup_ofWhichNobodyIsHeard_endsTheRolloutOnlyWhenOthersHaveArrived() {
        Rollout rollout = madeOfSilent(4, ",\"groups\":[\"2\"],\"sample\":1");
        heard(site.ofGroup(rollout, 1));
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.pass(Duration.ofHours(3));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        site.ofGroup(rollout, 2).forEach(site::arrives);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(4);

        clock.forward(LONG_AGO);
        Rollout alone = site.create(",\"versions\":{\"spa50x-30x\":\"7.6.2h\"},\"name\":\"alone\"");
        site.pass(Duration.ofHours(5));
        assertThat(site.state(alone)).isEqualTo(RolloutState.RUNNING);
        assertThat(waits(alone))
                .isEqualTo("group 1: nothing was heard of its 4 devices for 24 hours; it waits for them");
    }

    @Test
    void patience_countsNoTimeInWhichNoHubWasThere() {
        Rollout rollout = madeOfSilent(8, TWO_GROUPS);
        clock.forward(Duration.ofHours(40));
        site.turn();
        site.pass(Duration.ofMinutes(100));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        site.pass(Duration.ofMinutes(30));
        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
    }

    @Test
    void canary_thatHasLeft_pausesWithTheReason() {
        site.with(8, "7.5.2b");
        Rollout rollout = site.create(TWO_GROUPS);
        site.turn();
        site.noWays.put("7.5.2b", "no way");
        site.ofGroup(rollout, 1).forEach(number -> site.polls(number, "7.5.2b"));
        assertThat(site.count(rollout, Progress.LEFT)).isEqualTo(2);
        site.noWays.clear();
        site.turn();
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
        assertThat(site.reason(rollout))
                .isEqualTo(
                        "group 1: none of its devices is part of it any more, so nothing is known of it; 'resume' lets"
                                + " the next group begin");
        assertThat(site.group(rollout, 2)).containsEntry("begun", false);

        // Nothing has arrived yet, and of the second group nothing is known either
        site.act(rollout, RolloutAction.RESUME);
        site.turn();
        assertThat(site.group(rollout, 2)).containsEntry("begun", true);
        site.noWays.put("7.5.2b", "no way");
        site.ofGroup(rollout, 2).forEach(number -> site.polls(number, "7.5.2b"));
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
        assertThat(site.reason(rollout)).startsWith("group 2: none of its devices");
    }

    @Test
    void laterGroup_thatHasLeft_letsTheNextOneBegin() {
        site.with(8, "7.5.2b");
        Rollout rollout = site.create(TWO_GROUPS);
        site.turn();
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.turn();
        site.noWays.put("7.5.2b", "no way");
        site.ofGroup(rollout, 2).forEach(number -> site.polls(number, "7.5.2b"));
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(site.group(rollout, 3)).containsEntry("begun", true);
    }

    @Test
    void device_thatGoesToAndFroBetweenTwoVersions_hasFailed() {
        site.with(2, "7.4.8a");
        Rollout rollout = site.create(",\"errors\":\"100%\"");
        site.turn();
        site.polls(0, "7.4.8a");
        for (int i = 0; i < 4; i++) {
            site.polls(0, "7.5.2b");
            site.polls(0, "7.4.8a");
        }

        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(1);
        assertThat(site.desk.view(rollout.id()).orElseThrow().failures())
                .containsOnlyKeys("it came back 3 times and does not run 7.6.2g");

        // Tried again, it has the same time as at first
        site.act(rollout, RolloutAction.RETRY);
        site.polls(0, "7.4.8a");
        site.polls(0, "7.4.8a");
        site.polls(0, "7.5.2b");
        site.polls(0, "7.5.2b");
        site.polls(0, "7.5.2b");
        assertThat(site.count(rollout, Progress.DOWNLOADING)).isEqualTo(1);
    }

    @Test
    void device_thatMakesUpEverNewVersions_hasFailed() {
        site.with(1, "7.4.8a");
        Rollout rollout = site.create(",\"errors\":\"100%\",\"joins\":true,\"groups\":[\"1\"]");
        site.turn();
        for (int i = 0; i < 40; i++) {
            site.polls(0, "7.1." + i);
        }

        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(1);
    }

    @Test
    void report_ofWhatFailedBeforeItWasTold_isNoFailure() {
        site.with(1, "7.5.2b");
        Rollout first = site.create(",\"errors\":\"100%\",\"sample\":1");
        site.turn();
        Device device = site.polls(0, "7.5.2b");
        site.poll.reported(device, "http_get failed");
        assertThat(site.count(first, Progress.FAILED)).isEqualTo(1);

        site.act(first, RolloutAction.CANCEL);
        Rollout second = site.create("");
        site.turn();
        site.polls(0, "7.5.2b");
        site.poll.reported(device, "http_get failed");
        assertThat(site.count(second, Progress.TOLD)).isEqualTo(1);
        site.poll.reported(device, "corrupt file");
        assertThat(site.desk.view(second.id()).orElseThrow().failures()).containsOnlyKeys("it reported: corrupt file");
    }

    @Test
    void report_ofTheSameErrorAgain_isAFailureWhenItNamesTheTargetOrWasGoneMeanwhile() {
        site.with(2, "7.5.2b");
        Rollout first = site.create(",\"errors\":\"100%\"");
        site.turn();
        Device one = site.polls(0, "7.5.2b");
        Device other = site.polls(1, "7.5.2b");
        site.poll.reported(one, "spa50x-30x-7-6-2g.bin: http_get failed");
        site.poll.reported(other, "http_get failed");
        site.act(first, RolloutAction.CANCEL);
        Rollout second = site.create(",\"errors\":\"100%\",\"sample\":9");
        site.turn();
        site.polls(0, "7.5.2b");
        site.polls(1, "7.5.2b");

        site.poll.reported(one, "spa50x-30x-7-6-2g.bin: http_get failed");
        site.poll.reported(other, "");
        assertThat(site.count(second, Progress.FAILED)).isEqualTo(1);
        site.poll.reported(other, "http_get failed");
        assertThat(site.count(second, Progress.FAILED)).isEqualTo(2);
    }

    @Test
    void back_waitsForWindowAndSpread() {
        site.with(0, 4, "7.5.2b", "Europe/Berlin");
        Rollout rollout = site.create(",\"window\":\"11:00-13:00\",\"spreadMinutes\":0,\"groups\":[\"2\"]");
        Rollout slow = rollout;
        site.turn();
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.turn();
        site.ofGroup(rollout, 2).forEach(number -> site.polls(number, "7.5.2b"));
        clock.forward(Duration.ofHours(4));
        site.act(slow, RolloutAction.BACK);

        // Who is on the way loads nothing that it would not have; who goes down loads another image
        int onTheWay = site.ofGroup(rollout, 2).get(0);
        assertThat(site.polls(onTheWay, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        int there = site.ofGroup(rollout, 1).get(0);
        assertThat(site.polls(there, "7.6.2g").standing().rolled().down()).isFalse();
        clock.forward(Duration.ofHours(20));
        assertThat(site.polls(there, "7.6.2g").standing().rolled().down()).isTrue();
        assertThat(site.polls(there, "7.5.2b").standing().rolled())
                .isEqualTo(Device.Rolled.NOTHING.backToVersion("7.5.2b", null));
        assertThat(site.count(rollout, Progress.RETURNED)).isEqualTo(2);
    }

    @Test
    void back_isSpreadLikeTheWayUp() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(",\"spreadMinutes\":100");
        site.turn();
        clock.forward(Duration.ofMinutes(100));
        for (int number = 0; number < 10; number++) {
            site.arrives(number);
        }
        site.act(rollout, RolloutAction.BACK);
        for (int minutes = 0; minutes <= 100; minutes += 50) {
            long down = 0;
            for (int number = 0; number < 10; number++) {
                down += site.polls(number, "7.6.2g").standing().rolled().down() ? 1 : 0;
            }
            assertThat(down).isEqualTo(minutes / 10);
            clock.forward(Duration.ofMinutes(50));
        }
    }

    @Test
    void backNow_waitsForNothingAlsoWhenItIsGoingBackAlready() {
        site.with(2, "7.5.2b");
        Rollout rollout = site.create(",\"spreadMinutes\":600,\"window\":\"10:00-22:00\"");
        assertThatThrownBy(() -> site.desk.backNow(rollout.id(), "anna")).hasMessageContaining("does not take back");
        site.turn();
        clock.forward(Duration.ofHours(11));
        site.arrives(0);
        site.act(rollout, RolloutAction.BACK);
        assertThat(site.polls(0, "7.6.2g").standing().rolled().down()).isFalse();

        site.desk.backNow(rollout.id(), "bert");

        assertThat(site.polls(0, "7.6.2g").standing().rolled().down()).isTrue();
        assertThat(site.audit()).contains("bert: rollout 1 goes back without waiting for window and spread");
    }

    @Test
    void joins_laterDevicesJoinTheLastGroupUntilTheRolloutEnds() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create(",\"groups\":[\"1\"],\"joins\":true,\"sample\":1,\"success\":\"100%\"");
        site.turn();
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.turn();
        assertThat(site.group(rollout, 2)).containsEntry("begun", true);
        site.ofGroup(rollout, 2).subList(0, 2).forEach(site::arrives);

        site.with(4, 2, "7.5.2b", null);
        clock.forward(Duration.ofMinutes(2));
        site.turn();
        assertThat(site.ofGroup(rollout, 2)).hasSize(5).contains(4, 5);
        site.ofGroup(rollout, 2).forEach(site::arrives);
        site.with(6, 1, "7.5.2b", null);
        clock.forward(Duration.ofMinutes(2));
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        site.arrives(6);
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
    }

    @Test
    void approval_byAnotherTokenOfTheSamePerson_isRefused() {
        RolloutSite careful = new RolloutSite(site.database, clock, true).with(1, "7.5.2b");
        Rollout rollout = careful.desk.create(
                PlanJson.read(
                        "{\"filter\":\"all\",\"versions\":{\"spa50x-30x\":\"7.6.2g\"},\"start\":\"2026-03-02T10:00:00Z\"}"),
                new RolloutDesk.By("anna-laptop (k3x9fq27ab)", "anna"));

        assertThatThrownBy(() -> careful.desk.act(
                        rollout.id(), RolloutAction.APPROVE, new RolloutDesk.By("ci (aaaaaaaaaa)", "Anna")))
                .hasMessage(
                        "rollout " + rollout.id() + " needs somebody else than anna to agree, and ci (aaaaaaaaaa) is a"
                                + " token of the same person");
        careful.desk.act(rollout.id(), RolloutAction.APPROVE, new RolloutDesk.By("bert (bbbbbbbbbb)", "bert"));
        assertThat(careful.state(rollout)).isEqualTo(RolloutState.SCHEDULED);
        assertThat(careful.rollouts.find(rollout.id()).orElseThrow().approvedBy())
                .isEqualTo("bert (bbbbbbbbbb)");
    }

    @Test
    void approval_ofARolloutFromBeforePersonsWereKept_goesByTheNameOfTheToken() {
        RolloutSite careful = new RolloutSite(site.database, clock, true).with(1, "7.5.2b");
        Rollout rollout = careful.create("", "anna (k3x9fq27ab)");
        site.database
                .unitOfWork()
                .run(() -> site.database.jdbc().update("update rollout set person = null", Binder.NONE));

        assertThatThrownBy(() -> careful.desk.act(
                        rollout.id(), RolloutAction.APPROVE, new RolloutDesk.By("anna (aaaaaaaaaa)", "anna")))
                .hasMessageContaining("somebody else than anna");
    }
}
