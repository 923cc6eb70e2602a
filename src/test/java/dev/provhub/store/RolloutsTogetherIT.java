package dev.provhub.store;

import static dev.provhub.store.RolloutSite.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import dev.provhub.device.Device;
import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutNews;
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

/** Several rollouts of the same devices, and what is still heard of devices when a rollout has ended. */
@ParameterizedClass
@EnumSource(Engine.class)
class RolloutsTogetherIT {
    private static final String OLD = "7.5.2b";
    private static final String NEW = "7.6.2g";
    private static final String NEWER = "7.6.9";

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

    private Rollout to(String version, String more) {
        return site.desk.create(
                PlanJson.read("{\"filter\":\"all\",\"versions\":{\"" + RolloutSite.FAMILY + "\":\"" + version
                        + "\"},\"spreadMinutes\":0,\"start\":\"2026-03-02T10:00:00Z\"" + more + "}"),
                "anna");
    }

    private Rollout begun(Rollout rollout) {
        site.turn();
        return rollout;
    }

    private Device.Rolled polls(int number, String version) {
        return site.polls(number, version).standing().rolled();
    }

    private void fails(int number) {
        for (int i = 0; i < 5; i++) {
            site.polls(number, OLD);
        }
    }

    private void minutePasses() {
        clock.forward(Duration.ofSeconds(61));
        site.turn();
    }

    private String reason(Rollout rollout, int number) {
        return site.members.list(rollout.id(), null, null, 100).stream()
                .filter(one -> one.mac().equals(mac(number)))
                .map(one -> String.valueOf(one.reason()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rolloutThatWentBack_hasNoSayInALaterOneToTheSameVersion() {
        site.with(1, OLD);
        Rollout first = begun(to(NEW, ""));
        site.arrives(0);
        site.act(first, RolloutAction.BACK);
        assertThat(polls(0, NEW).down()).isTrue();
        polls(0, OLD);

        Rollout second = begun(to(NEW, ""));
        polls(0, OLD);
        Device.Rolled there = polls(0, NEW);

        assertThat(there.version()).isEqualTo(NEW);
        assertThat(there.down()).isFalse();
        assertThat(site.count(second, Progress.RUNNING)).isEqualTo(1);
        assertThat(site.count(first, Progress.RETURNED)).isEqualTo(1);
        site.act(second, RolloutAction.BACK);
        assertThat(polls(0, NEW)).isEqualTo(new Device.Rolled(OLD, true, second.id(), null));
    }

    @Test
    void rolloutThatStopped_takesNothingFromALaterOneToTheSameVersion() {
        site.with(2, OLD);
        Rollout first = begun(to(NEW, ",\"errors\":\"2\",\"sample\":1"));
        fails(0);
        fails(1);
        site.turn();
        assertThat(site.state(first)).isEqualTo(RolloutState.STOPPED);
        assertThat(polls(0, OLD)).isEqualTo(Device.Rolled.NOTHING);

        Rollout second = begun(to(NEW, ""));
        polls(0, OLD);

        assertThat(polls(0, OLD).version()).isEqualTo(NEW);
        assertThat(polls(0, OLD).version()).isEqualTo(NEW);
        polls(0, NEW);
        assertThat(site.count(second, Progress.RUNNING)).isEqualTo(1);
        assertThat(site.count(second, Progress.FAILED)).isZero();
    }

    @Test
    void back_ofDevicesThatAnotherRolloutHasToldSince_leavesThem() {
        site.with(1, "7.4.8a");
        Rollout first = begun(to(OLD, ""));
        polls(0, "7.4.8a");
        polls(0, OLD);
        site.turn();
        Rollout second = begun(to(NEW, ""));
        polls(0, OLD);
        polls(0, NEW);

        site.act(first, RolloutAction.BACK);

        assertThat(polls(0, NEW)).isEqualTo(new Device.Rolled(NEW, false, second.id(), null));
        assertThat(reason(first, 0)).isEqualTo("rollout 2 has told it a version since");
        assertThat(site.count(first, Progress.LEFT)).isEqualTo(1);
        assertThat(site.count(second, Progress.RUNNING)).isEqualTo(1);
    }

    @Test
    void devicesOfAHeavierRollout_waitForItUntilItTellsThemOrIsCancelled() {
        site.with(3, "7.4.8a");
        Rollout heavy = begun(to(OLD, ",\"priority\":5,\"groups\":[\"1\"]"));
        Rollout light = begun(to(NEW, ",\"sample\":1"));
        int canary = site.ofGroup(heavy, 1).get(0);
        int later = site.ofGroup(heavy, 2).get(0);

        assertThat(polls(later, "7.4.8a")).isEqualTo(Device.Rolled.NOTHING);
        assertThat(polls(canary, "7.4.8a").version()).isEqualTo(OLD);

        assertThat(site.count(light, Progress.WAITING)).isEqualTo(3);
        assertThat(site.desk.view(light.id()).orElseThrow().waits())
                .hasValueSatisfying(why -> assertThat(why).contains("; 2 wait for what counts more: rollout 1"));
        site.act(heavy, RolloutAction.CANCEL);
        assertThat(polls(later, "7.4.8a").version()).isEqualTo(NEW);
        // One that it has told already is free for others too
        assertThat(polls(canary, "7.4.8a").version()).isEqualTo(NEW);
        assertThat(reason(heavy, canary)).isEqualTo("rollout 2 has taken it");
    }

    @Test
    void arrival_isToldOnceByTheRolloutThatHasToldTheDeviceLast() {
        site.with(2, OLD);
        Rollout first = begun(to(NEW, ",\"errors\":\"2\",\"sample\":1"));
        fails(0);
        site.act(first, RolloutAction.CANCEL);
        Rollout second = begun(to(NEW, ""));
        polls(0, OLD);

        polls(0, NEW);

        assertThat(site.count(first, Progress.RUNNING)).isEqualTo(1);
        assertThat(site.count(second, Progress.RUNNING)).isEqualTo(1);
        RolloutNews.News news = site.desk.turn().news();
        assertThat(news.milestones()).singleElement().satisfies(one -> assertThat(one.rollout())
                .isEqualTo(second.id()));
    }

    @Test
    void finishedRollout_stopsWhenDevicesThatComeBackLaterFail() {
        site.with(10, OLD);
        Rollout rollout = begun(to(NEW, ",\"sample\":1,\"success\":\"100%\",\"errors\":\"2\""));
        for (int number = 0; number < 8; number++) {
            site.arrives(number);
        }
        clock.forward(Duration.ofHours(25));
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        site.desk.turn().news();

        fails(8);
        minutePasses();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        fails(9);
        minutePasses();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.STOPPED);
        assertThat(site.reason(rollout)).isEqualTo("group 1: 2 of 10 failed, and 2 stop it");
        assertThat(site.desk.turn().news().rollouts()).hasSize(1);
        assertThat(polls(9, OLD)).isEqualTo(Device.Rolled.NOTHING);

        site.act(rollout, RolloutAction.RETRY);
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        site.arrives(9);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(9);
    }

    @Test
    void silence_failsDevicesAlsoWhenTheRolloutHasEnded() {
        site.with(10, OLD);
        Rollout finished = begun(to(NEW, ""));
        for (int number = 0; number < 9; number++) {
            site.arrives(number);
        }
        polls(9, OLD);
        site.turn();
        assertThat(site.state(finished)).isEqualTo(RolloutState.FINISHED);

        site.pass(Duration.ofHours(25));

        assertThat(site.count(finished, Progress.FAILED)).isEqualTo(1);
        assertThat(reason(finished, 9)).isEqualTo("nothing was heard of it for 24 hours after it was told");
        // Who has unplugged a phone says nothing of the version
        assertThat(site.state(finished)).isEqualTo(RolloutState.FINISHED);
    }

    @Test
    void silence_failsDevicesOfACancelledRolloutThatWereTold() {
        site.with(2, OLD);
        Rollout cancelled = begun(to(NEW, ""));
        polls(0, OLD);
        site.act(cancelled, RolloutAction.CANCEL);

        site.pass(Duration.ofHours(25));

        assertThat(site.state(cancelled)).isEqualTo(RolloutState.CANCELLED);
        assertThat(site.count(cancelled, Progress.FAILED)).isEqualTo(1);
        assertThat(site.count(cancelled, Progress.WAITING)).isEqualTo(1);
    }

    @Test
    void imageThatIsAwayForAWhile_costsNoDevice() {
        site.with(2, OLD);
        Rollout rollout = begun(to(NEW, ",\"errors\":\"1\",\"sample\":1"));
        polls(0, OLD);
        site.missingImages.add(NEW);

        fails(0);
        assertThat(polls(1, OLD)).isEqualTo(Device.Rolled.NOTHING);
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
        assertThat(site.count(rollout, Progress.DOWNLOADING)).isEqualTo(1);
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(1);
        site.missingImages.clear();
        site.act(rollout, RolloutAction.RESUME);
        List.of(0, 1).forEach(site::arrives);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(2);
    }

    @Test
    void rolloutThatWentBackLongAgo_staysSilentWhenOthersStopOrGoBack() {
        site.with(1, OLD);
        Rollout first = begun(to(NEW, ""));
        site.arrives(0);
        site.act(first, RolloutAction.BACK);
        polls(0, NEW);
        polls(0, OLD);
        Rollout second = begun(to(NEW, ""));
        polls(0, OLD);
        polls(0, NEW);
        site.turn();
        Rollout third = begun(to(NEWER, ""));
        assertThat(polls(0, NEW).version()).isEqualTo(NEWER);

        site.act(third, RolloutAction.BACK);

        Device.Rolled former = new Device.Rolled(NEW, false, second.id(), null);
        assertThat(polls(0, NEW)).isEqualTo(former);
        assertThat(polls(0, NEW)).isEqualTo(former);
        assertThat(site.count(third, Progress.RETURNED)).isEqualTo(1);
    }

    @Test
    void back_ofTwoRolloutsTogether_goesDownOneAfterTheOther() {
        site.with(1, OLD);
        Rollout first = begun(to(NEW, ""));
        site.arrives(0);
        site.turn();
        Rollout second = begun(to(NEWER, ""));
        polls(0, NEW);
        polls(0, NEWER);
        site.turn();
        site.act(first, RolloutAction.BACK);
        site.act(second, RolloutAction.BACK);

        assertThat(polls(0, NEWER)).isEqualTo(new Device.Rolled(NEW, true, second.id(), null));
        polls(0, NEW);
        assertThat(polls(0, NEW)).isEqualTo(new Device.Rolled(OLD, true, first.id(), null));
        polls(0, OLD);

        assertThat(site.count(first, Progress.RETURNED)).isEqualTo(1);
        assertThat(site.count(second, Progress.RETURNED)).isEqualTo(1);
    }

    @Test
    void deviceThatIsTakenFromAnotherRolloutOnTheWay_hasBeforeWhatItHadBeforeBoth() {
        site.with(2, OLD);
        begun(to(NEW, ""));
        polls(0, OLD);
        Rollout second = begun(to(NEW, ",\"errors\":\"1\",\"sample\":1"));
        polls(0, OLD);
        polls(1, OLD);
        fails(1);
        site.turn();

        assertThat(site.state(second)).isEqualTo(RolloutState.STOPPED);
        assertThat(polls(0, OLD)).isEqualTo(Device.Rolled.NOTHING);
    }

    @Test
    void finishedRollout_whoseImageWasRetired_letsDevicesGo() {
        site.with(10, OLD);
        Rollout finished = begun(to(NEW, ""));
        for (int number = 0; number < 9; number++) {
            site.arrives(number);
        }
        site.turn();
        assertThat(site.state(finished)).isEqualTo(RolloutState.FINISHED);
        site.noWays.put(OLD, "a.bin is not offered: retired");
        site.missingImages.add(NEW);

        polls(9, OLD);

        assertThat(reason(finished, 9)).isEqualTo("a.bin is not offered: retired");
    }

    @Test
    void back_whereTheFormerImageIsAwayForAWhile_waitsForIt() {
        site.with(1, OLD);
        Rollout rollout = begun(to(NEW, ""));
        site.arrives(0);
        site.act(rollout, RolloutAction.BACK);
        site.awayFrom.add(NEW);
        site.missingImages.add(OLD);

        assertThat(polls(0, NEW).down()).isFalse();

        assertThat(site.count(rollout, Progress.LEFT)).isZero();
        site.awayFrom.clear();
        site.missingImages.clear();
        assertThat(polls(0, NEW).down()).isTrue();
    }

    @Test
    void stepThatIsAwayForAWhile_hasWhoNeedsItWaitAndNobodyElse() {
        site.with(0, 1, "7.4.8a", null).with(1, 1, OLD, null);
        Rollout rollout = begun(to(NEW, ""));
        site.awayFrom.add("7.4.8a");

        assertThat(polls(0, "7.4.8a")).isEqualTo(Device.Rolled.NOTHING);
        assertThat(polls(1, OLD).version()).isEqualTo(NEW);

        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(1);
        assertThat(site.desk.view(rollout.id()).orElseThrow().waits())
                .hasValueSatisfying(why -> assertThat(why).contains("; a.bin is away: there is no file"));
        site.awayFrom.clear();
        assertThat(polls(0, "7.4.8a").version()).isEqualTo(NEW);
    }
}
