package dev.provhub.store;

import static dev.provhub.store.RolloutSite.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.SettableClock;
import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.firmware.DownloadCaps;
import dev.provhub.firmware.Downloads;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutCaps;
import dev.provhub.rollout.RolloutPoll;
import dev.provhub.rollout.RolloutState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts of firmware, from their making to their end, on both databases. */
@ParameterizedClass
@EnumSource(Engine.class)
class RolloutIT {
    private static final String CANARY = ",\"groups\":[\"2\",\"50%\"],\"sample\":1";

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private String url;
    private final SettableClock clock = new SettableClock(RolloutSite.TEN);
    private RolloutSite site;

    private static final FirmwareCatalog CATALOG = new FirmwareCatalog(
            List.of(
                    image("spa50x-30x-7-6-2g.bin", "spa50x-30x", "7.6.2g", List.of()),
                    image(
                            "sip88xx.12-0-7MPP0201-66.loads",
                            "sip88xx",
                            "12-0-7MPP0201-66",
                            List.of(Path.of("firmware/kern.sbn")))),
            List.of());

    private static FirmwareImage image(String file, String family, String version, List<Path> parts) {
        return new FirmwareImage(
                file, Path.of("firmware", file), family, FirmwareVersion.parse(version), null, parts, null, "");
    }

    @BeforeEach
    void open() {
        url = engine.freshUrl(folder);
        site = new RolloutSite(Engine.open(url), clock, false);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void rollout_ofDevicesThatArrive_goesFromGroupToGroupToItsEnd() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(CANARY);
        site.turn();
        assertThat(site.ofGroup(rollout, 1)).hasSize(2);

        for (int number = 0; number < 10; number++) {
            site.polls(number, "7.5.2b");
        }
        assertThat(site.count(rollout, Progress.TOLD)).isEqualTo(2);
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.turn();
        assertThat(site.group(rollout, 2)).containsEntry("begun", true).containsEntry("done", false);
        assertThat(site.group(rollout, 3)).containsEntry("begun", false);
        site.ofGroup(rollout, 2).forEach(site::arrives);
        site.turn();
        site.ofGroup(rollout, 3).forEach(site::arrives);
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(10);
        assertThat(site.audit())
                .contains(
                        "rollouts: rollout 1 begun devices=10 groups=3",
                        "rollouts: rollout 1 group 2 begun devices=5",
                        "rollouts: rollout 1 finished");
        assertThat(site.desk.turn().news().rollouts()).hasSize(1);
        assertThat(site.desk.turn().news().milestones()).isEmpty();
    }

    @Test
    void evidence_isThePathAlone_andStepsOnTheWayAreProgress() {
        site.with(1, "7.4.8a");
        Rollout rollout = site.create(",\"sample\":1");
        site.turn();

        Device told = site.polls(0, "7.4.8a");
        assertThat(told.standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.count(rollout, Progress.TOLD)).isEqualTo(1);
        // It says 7.6.2g of itself elsewhere, as a User-Agent; what its directory brings back is another one
        site.devices.change(mac(0), now -> now.orElseThrow()
                .withStanding(now.orElseThrow().standing().running("7.6.2g")));
        site.polls(0, "7.4.8a");
        assertThat(site.count(rollout, Progress.DOWNLOADING)).isEqualTo(1);
        site.polls(0, "7.4.8a");
        site.polls(0, "7.5.2b");
        site.polls(0, "7.5.2b");
        assertThat(site.count(rollout, Progress.DOWNLOADING)).isEqualTo(1);
        site.polls(0, "7.6.2(g)");

        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(1);
        assertThat(site.desk.turn().news().milestones()).hasSize(1);
    }

    @Test
    void device_thatComesBackWithTheSameVersion_hasFailedAndMayStillArrive() {
        site.with(1, "7.5.2b");
        Rollout rollout = site.create(",\"errors\":\"100%\",\"groups\":[\"1\"],\"sample\":5,\"joins\":true");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(0, "7.5.2b");
        }
        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(1);
        assertThat(site.desk.view(rollout.id()).orElseThrow().failures())
                .containsKey("it came back 3 times and does not run 7.6.2g");

        site.polls(0, "7.6.2g");

        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(1);
    }

    @Test
    void report_ofAFailedUpgrade_isAFailure() {
        site.with(2, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        Device told = site.polls(0, "7.5.2b");
        Device other = site.polls(1, "7.5.2b");

        site.poll.reported(told, "corrupt file");
        site.poll.reported(other, "7.6.2g");

        assertThat(site.desk.view(rollout.id()).orElseThrow().failures()).containsOnlyKeys("it reported: corrupt file");
    }

    @Test
    void errors_beyondTheThreshold_stopItAndThoseOnTheWayAreToldTheFormer() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(",\"groups\":[\"5\"],\"errors\":\"2\",\"sample\":1");
        site.turn();
        List<Integer> canary = site.ofGroup(rollout, 1);
        canary.forEach(number -> site.polls(number, "7.5.2b"));
        canary.subList(0, 2).forEach(number -> {
            for (int i = 0; i < 4; i++) {
                site.polls(number, "7.5.2b");
            }
        });
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.STOPPED);
        assertThat(site.reason(rollout)).contains("2 of 2 failed");
        Device onTheWay = site.polls(canary.get(4), "7.5.2b");
        assertThat(onTheWay.standing().rolled().version()).isNull();
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(6);
        Device failed = site.polls(canary.get(0), "7.5.2b");
        assertThat(failed.standing().rolled().version()).isNull();
        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(2);
        Device notBegun = site.polls(site.ofGroup(rollout, 2).get(0), "7.5.2b");
        assertThat(notBegun.standing().rolled().version()).isNull();
    }

    @Test
    void resume_afterAStop_forgivesWhatHasFailedAndRetryTellsItAgain() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create(",\"errors\":\"1\",\"sample\":1");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(0, "7.5.2b");
        }
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.STOPPED);

        site.act(rollout, RolloutAction.RESUME);
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        site.act(rollout, RolloutAction.RETRY);
        assertThat(site.count(rollout, Progress.FAILED)).isZero();
        for (int number = 0; number < 4; number++) {
            site.arrives(number);
        }
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
    }

    @Test
    void threshold_crossedWhilePaused_stopsItAndSuccessWaits() {
        site.with(8, "7.5.2b");
        Rollout good = site.create(",\"groups\":[\"2\"],\"sample\":1,\"name\":\"good\"");
        site.turn();
        List<Integer> canary = site.ofGroup(good, 1);
        site.act(good, RolloutAction.PAUSE);
        Device untold = site.polls(canary.get(0), "7.5.2b");
        assertThat(untold.standing().rolled().version()).isNull();
        site.act(good, RolloutAction.RESUME);
        canary.forEach(number -> site.polls(number, "7.5.2b"));
        site.act(good, RolloutAction.PAUSE);
        canary.forEach(number -> site.polls(number, "7.6.2g"));
        site.turn();
        assertThat(site.group(good, 2)).containsEntry("begun", false);

        Rollout bad = site.create(",\"groups\":[\"2\"],\"errors\":\"1\",\"sample\":1,\"priority\":5");
        site.turn();
        List<Integer> others = site.ofGroup(bad, 1).stream()
                .filter(number -> !canary.contains(number))
                .toList();
        for (int number : others.isEmpty() ? site.ofGroup(bad, 1) : others) {
            site.polls(number, "7.5.2b");
        }
        site.act(bad, RolloutAction.PAUSE);
        for (int i = 0; i < 4; i++) {
            for (int number : site.ofGroup(bad, 1)) {
                site.polls(number, "7.5.2b");
            }
        }
        site.turn();
        assertThat(site.state(bad)).isEqualTo(RolloutState.STOPPED);

        site.act(good, RolloutAction.RESUME);
        site.turn();
        assertThat(site.group(good, 2)).containsEntry("begun", true);
    }

    @Test
    void devices_thatAreOffline_waitWithoutCountingAndArePickedUpWhenTheyReturn() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(",\"sample\":1,\"success\":\"100%\"");
        site.turn();
        for (int number = 0; number < 8; number++) {
            site.arrives(number);
        }
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);

        clock.forward(Duration.ofHours(25));
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(2);
        assertThat(site.count(rollout, Progress.FAILED)).isZero();

        site.arrives(9);
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(9);
    }

    @Test
    void silence_afterBeingTold_isAFailureButNotThatOfTheHubItself() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(",\"errors\":\"100%\",\"sample\":5");
        site.turn();
        site.polls(0, "7.5.2b");

        // The hub was away, or its clock has jumped: nobody could be heard
        clock.forward(Duration.ofHours(48));
        site.turn();
        assertThat(site.count(rollout, Progress.FAILED)).isZero();
        clock.forward(Duration.ofHours(-48));
        site.turn();
        assertThat(site.count(rollout, Progress.FAILED)).isZero();

        for (int i = 0; i < 25 * 12; i++) {
            clock.forward(Duration.ofMinutes(5));
            site.turn();
        }
        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(1);
        assertThat(site.desk.view(rollout.id()).orElseThrow().failures())
                .containsOnlyKeys("nothing was heard of it for 24 hours after it was told");
    }

    @Test
    void window_isThatOfTheDevicesOwnClock() {
        site.with(0, 1, "7.5.2b", "Europe/Berlin").with(1, 1, "7.5.2b", "America/New_York");
        Rollout rollout = site.create(",\"window\":\"11:00-12:00\",\"push\":true");
        site.turn();

        assertThat(site.desk.turn().pushes()).containsExactly(mac(0));
        assertThat(site.desk.turn().pushes()).isEmpty();
        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.polls(1, "7.5.2b").standing().rolled().version()).isNull();
        clock.forward(Duration.ofHours(6));
        assertThat(site.desk.turn().pushes()).containsExactly(mac(1));
        assertThat(site.polls(1, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.count(rollout, Progress.TOLD)).isEqualTo(2);
    }

    @Test
    void spread_tellsTheDevicesOfAGroupOneAfterTheOther() {
        site.with(10, "7.5.2b");
        Rollout rollout = site.create(",\"spreadMinutes\":100");
        site.turn();
        for (int minutes = 0; minutes <= 100; minutes += 50) {
            for (int number = 0; number < 10; number++) {
                site.polls(number, "7.5.2b");
            }
            long told = site.count(rollout, Progress.TOLD) + site.count(rollout, Progress.DOWNLOADING);
            assertThat(told).isEqualTo(minutes / 10);
            clock.forward(Duration.ofMinutes(50));
        }
    }

    @Test
    void approval_needsSomebodyElse() {
        RolloutSite careful = new RolloutSite(site.database, clock, true).with(1, "7.5.2b");
        Rollout rollout = careful.create("", "anna");
        careful.turn();
        assertThat(rollout.state()).isEqualTo(RolloutState.AWAITING_APPROVAL);
        assertThat(careful.state(rollout)).isEqualTo(RolloutState.AWAITING_APPROVAL);

        assertThatThrownBy(() -> careful.desk.act(rollout.id(), RolloutAction.APPROVE, "anna"))
                .hasMessageContaining("somebody else");
        assertThatThrownBy(() -> careful.desk.act(rollout.id(), RolloutAction.START, "anna"))
                .hasMessageContaining("awaiting_approval");
        careful.desk.act(rollout.id(), RolloutAction.APPROVE, "bert");
        careful.turn();

        assertThat(careful.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(careful.audit())
                .contains("bert: rollout " + rollout.id() + " approve awaiting_approval -> scheduled");
    }

    @Test
    void cancel_leavesThoseThatWereNotTold() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        site.polls(0, "7.5.2b");
        site.act(rollout, RolloutAction.CANCEL);

        assertThat(site.polls(1, "7.5.2b").standing().rolled().version()).isNull();
        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        site.polls(0, "7.6.2g");
        assertThat(site.count(rollout, Progress.RUNNING)).isEqualTo(1);
        assertThatThrownBy(() -> site.act(rollout, RolloutAction.RESUME)).hasMessageContaining("cancelled");
    }

    @Test
    void back_takesDevicesToWhatTheyHad() {
        site.with(3, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        site.arrives(0);
        site.polls(1, "7.5.2b");
        site.act(rollout, RolloutAction.BACK);

        Device down = site.polls(0, "7.6.2g");
        assertThat(down.standing().rolled().version()).isEqualTo("7.5.2b");
        assertThat(down.standing().rolled().down()).isTrue();
        assertThat(site.polls(1, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        assertThat(site.polls(2, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        Device returned = site.polls(0, "7.5.2b");

        assertThat(returned.standing().rolled().down()).isFalse();
        assertThat(site.count(rollout, Progress.RETURNED)).isEqualTo(2);
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(1);
    }

    @Test
    void hold_stopsEverythingAtOnceAndAlsoOnAHubThatDoesNotKnowYet() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create(",\"groups\":[\"1\"],\"sample\":1");
        site.turn();
        RolloutSite other = new RolloutSite(Engine.open(url), clock, false);
        other.desk.hold("bert");

        int canary = site.ofGroup(rollout, 1).get(0);
        assertThat(site.polls(canary, "7.5.2b").standing().rolled().version()).isNull();
        site.turn();
        assertThat(site.count(rollout, Progress.WAITING)).isEqualTo(4);
        assertThat(site.desk.turn().pushes()).isEmpty();
        other.desk.release("bert");
        assertThat(site.polls(canary, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.audit()).contains("bert: every rollout held", "bert: rollouts released");
        other.close();
    }

    @Test
    void hub_killedBetweenGroups_goesOnWhereItWas() {
        site.with(6, "7.5.2b");
        Rollout rollout = site.create(CANARY);
        site.turn();
        site.ofGroup(rollout, 1).forEach(site::arrives);
        site.close();

        site = new RolloutSite(Engine.open(url), clock, false);
        site.turn();
        assertThat(site.group(rollout, 1)).containsEntry("done", true);
        assertThat(site.group(rollout, 2)).containsEntry("begun", true);
        assertThat(site.group(rollout, 3)).containsEntry("begun", false);
        assertThat(site.audit())
                .filteredOn(line -> line.contains("group 2 begun"))
                .hasSize(1);
    }

    @Test
    void twoHubs_advanceAGroupOnce() throws Exception {
        site.with(12, "7.5.2b");
        Rollout rollout =
                site.create(",\"groups\":[\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"],\"sample\":1,\"success\":\"100%\"");
        List<RolloutSite> hubs = List.of(site, new RolloutSite(Engine.open(url), clock, false));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int group = 0; group <= 6; group++) {
                if (group > 0) {
                    site.ofGroup(rollout, group).forEach(site::arrives);
                }
                CountDownLatch begin = new CountDownLatch(1);
                List<Future<?>> both = new ArrayList<>();
                hubs.forEach(hub -> both.add(threads.submit(() -> {
                    begin.await();
                    hub.turn();
                    return hub;
                })));
                begin.countDown();
                for (Future<?> one : both) {
                    one.get();
                }
                assertThat(site.group(rollout, group + 1)).containsEntry("begun", true);
                if (group < 6) {
                    assertThat(site.group(rollout, group + 2)).containsEntry("begun", false);
                }
            }
        } finally {
            threads.shutdownNow();
            hubs.get(1).close();
        }
        assertThat(site.audit())
                .filteredOn(line -> line.contains("begun devices="))
                .hasSize(7);
    }

    @Test
    void priority_ofTwoRolloutsThatMeanADevice_theHigherCounts() {
        site.with(1, "7.4.8a");
        Rollout low = site.create(",\"name\":\"low\"");
        site.turn();
        site.polls(0, "7.4.8a");
        Rollout high = site.desk.create(
                dev.provhub.rollout.PlanJson.read(
                        "{\"filter\":\"all\",\"versions\":{\"spa50x-30x\":\"7.5.2b\"},\"spreadMinutes\":0,"
                                + "\"start\":\"2026-03-02T10:00:00Z\",\"priority\":3,\"name\":\"high\"}"),
                "anna");
        site.turn();

        assertThat(site.polls(0, "7.4.8a").standing().rolled().version()).isEqualTo("7.5.2b");
        assertThat(site.count(low, Progress.LEFT)).isEqualTo(1);
        Rollout later = site.create(",\"name\":\"later\",\"priority\":1");
        site.turn();
        assertThat(site.polls(0, "7.4.8a").standing().rolled().version()).isEqualTo("7.5.2b");
        assertThat(site.count(later, Progress.LEFT)).isEqualTo(1);
        assertThat(site.count(high, Progress.DOWNLOADING)).isEqualTo(1);
    }

    @Test
    void joins_laterDevicesBecomePartOfTheLastGroup() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create(",\"groups\":[\"1\"],\"joins\":true");
        Rollout closed = site.create(",\"groups\":[\"1\"],\"priority\":-1");
        site.turn();
        site.with(4, 3, "7.5.2b", null);
        clock.forward(Duration.ofMinutes(2));
        site.turn();

        assertThat(site.ofGroup(rollout, 2)).hasSize(6).contains(4, 5, 6);
        assertThat(site.ofGroup(closed, 2)).hasSize(3);
        assertThat(site.rollouts.find(rollout.id()).orElseThrow().devices()).isEqualTo(7);
    }

    @Test
    void image_thatIsTakenAway_pausesItAndTellsNobody() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        site.missingImages.add("7.6.2g");
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.PAUSED);
        assertThat(site.reason(rollout)).contains("7.6.2g");
        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isNull();
    }

    @Test
    void device_withAVersionOfItsOwn_isLeftAlone() {
        site.with(1, "7.5.2b");
        site.devices.change(mac(0), now -> {
            Device device = now.orElseThrow();
            return new Device(
                    device.mac(),
                    device.model(),
                    device.serial(),
                    true,
                    device.place(),
                    java.util.Map.of("firmwareVersion", "7.5.2b"),
                    device.lines(),
                    device.standing());
        });
        Rollout rollout = site.create("");
        site.turn();

        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isNull();
        assertThat(site.count(rollout, Progress.LEFT)).isEqualTo(1);
        site.turn();
        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
    }

    @Test
    void device_fromWhichNoWayLeads_isLeftWithTheReason() {
        site.with(2, "7.4.1");
        site.noWays.put("7.4.1", "no images lead from 7.4.1 to 7.6.2g by the catalog's rules");
        Rollout rollout = site.create("");
        site.turn();

        assertThat(site.polls(0, "7.4.1").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        assertThat(site.polls(1, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.desk.view(rollout.id()).orElseThrow().leavings())
                .containsOnlyKeys("no images lead from 7.4.1 to 7.6.2g by the catalog's rules");
    }

    @Test
    void back_wherePhoneOrCatalogAllowNoWayDown_leavesTheDeviceWhereItIs() {
        site.with(2, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        site.arrives(0);
        site.arrives(1);
        site.act(rollout, RolloutAction.BACK);

        site.noWays.put("7.6.2g", "family spa50x-30x has no floor");
        assertThat(site.polls(0, "7.6.2g").standing().rolled().version()).isEqualTo("7.6.2g");
        site.noWays.clear();
        site.missingImages.add("7.5.2b");
        assertThat(site.polls(1, "7.6.2g").standing().rolled().down()).isFalse();
        assertThat(site.desk.view(rollout.id()).orElseThrow().leavings())
                .containsOnlyKeys(
                        "family spa50x-30x has no floor",
                        "the firmware catalog has no version '7.5.2b' of family spa50x-30x");
        assertThat(site.count(rollout, Progress.LEFT)).isEqualTo(2);
    }

    @Test
    void cap_countsTheImagesOfTheFamiliesWhileTheRolloutGoesOn() {
        site.with(1, "7.5.2b");
        Rollout rollout = site.create(",\"maxDownloads\":7");
        RolloutCaps caps = new RolloutCaps(site.board, () -> CATALOG, site.turned);
        assertThat(caps.of("spa50x-30x-7-6-2g.bin")).isEmpty();
        site.turn();

        DownloadCaps.Cap cap = new DownloadCaps.Cap("rollout " + rollout.id(), 7);
        assertThat(caps.of("SPA50x-30x-7-6-2G.bin")).contains(cap);
        assertThat(caps.of("sip88xx.12-0-7MPP0201-66.loads")).isEmpty();
        assertThat(caps.of("kern.sbn")).isEmpty();
        assertThat(caps.of("nothing")).isEmpty();
        site.act(rollout, RolloutAction.CANCEL);
        site.turn();
        assertThat(caps.of("spa50x-30x-7-6-2g.bin")).isEmpty();
    }

    @Test
    void device_thatIsTurnedAwayByTheCap_hasNotFailedWhileItWaitsItsTurn() {
        String image = "spa50x-30x-7-6-2g.bin";
        site.with(1, "7.5.2b");
        Rollout rollout = site.create(",\"maxDownloads\":1,\"errors\":\"100%\"");
        site.turn();
        site.polls(0, "7.5.2b");
        Downloads downloads = new Downloads(0, new RolloutCaps(site.board, () -> CATALOG, site.turned));
        Downloads.Permit other = downloads.begin(image, "").orElseThrow();

        for (int i = 0; i < 6; i++) {
            clock.forward(Duration.ofMinutes(1));
            assertThat(downloads.begin(image, "")).isEmpty();
            clock.forward(Duration.ofMinutes(1));
            site.polls(0, "7.5.2b");
        }
        assertThat(site.count(rollout, Progress.FAILED)).isZero();

        other.end();
        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofMinutes(1));
            site.polls(0, "7.5.2b");
        }
        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(1);
    }

    @Test
    void retried_deviceOfARolloutThatStopsOrGoesBack_isToldWhatItHadBefore() {
        site.with(2, "7.5.2b");
        Rollout back = site.create(",\"errors\":\"100%\"");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(0, "7.5.2b");
            site.polls(1, "7.5.2b");
        }
        site.act(back, RolloutAction.RETRY);
        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        site.act(back, RolloutAction.BACK);

        assertThat(site.polls(0, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        assertThat(site.polls(1, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);

        Rollout stops = site.create(",\"errors\":\"1\",\"sample\":1");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(0, "7.5.2b");
        }
        site.polls(1, "7.5.2b");
        site.act(stops, RolloutAction.RETRY);
        site.poll.reported(site.devices.findByMac(mac(1)).orElseThrow(), "corrupt file");
        site.turn();
        assertThat(site.state(stops)).isEqualTo(RolloutState.STOPPED);
        assertThat(site.polls(0, "7.5.2b").standing().rolled()).isEqualTo(Device.Rolled.NOTHING);
        assertThat(site.count(stops, Progress.WAITING)).isEqualTo(1);
    }

    @Test
    void forgiven_devicesThatArriveLater_leaveNoRoomForOthersToFail() {
        site.with(4, "7.5.2b");
        Rollout rollout = site.create(",\"errors\":\"1\",\"sample\":1,\"success\":\"100%\"");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(0, "7.5.2b");
        }
        site.turn();
        site.act(rollout, RolloutAction.RESUME);
        site.polls(0, "7.6.2g");
        site.turn();
        for (int i = 0; i < 5; i++) {
            site.polls(1, "7.5.2b");
        }
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.STOPPED);
    }

    @Test
    void device_whoseModelHasChanged_isLeft() {
        site.with(2, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        Device device = site.devices.findByMac(mac(0)).orElseThrow();
        site.poll.polled(device, ShippedConfig.model("SPA525G2"), new RolloutPoll.Evidence("", "7.5.2b", null));

        assertThat(site.devices.findByMac(mac(0)).orElseThrow().standing().rolled())
                .isEqualTo(Device.Rolled.NOTHING);
        assertThat(site.count(rollout, Progress.LEFT)).isEqualTo(1);
    }

    @Test
    void priority_ofARolloutThatHasFinished_countsNoMore() {
        site.with(1, "7.4.8a");
        Rollout first = site.desk.create(
                dev.provhub.rollout.PlanJson.read(
                        "{\"filter\":\"all\",\"versions\":{\"spa50x-30x\":\"7.5.2b\"},\"spreadMinutes\":0,"
                                + "\"start\":\"2026-03-02T10:00:00Z\",\"priority\":3,\"name\":\"high\"}"),
                "anna");
        site.turn();
        site.polls(0, "7.4.8a");
        site.polls(0, "7.5.2b");
        site.turn();
        assertThat(site.state(first)).isEqualTo(RolloutState.FINISHED);

        site.create("");
        site.turn();

        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
    }

    @Test
    void hold_keepsDevicesFromGoingBackToo() {
        site.with(1, "7.5.2b");
        Rollout rollout = site.create("");
        site.turn();
        site.arrives(0);
        site.act(rollout, RolloutAction.BACK);
        site.desk.hold("anna");

        assertThat(site.polls(0, "7.6.2g").standing().rolled().version()).isEqualTo("7.6.2g");
        site.desk.release("anna");
        assertThat(site.polls(0, "7.6.2g").standing().rolled().version()).isEqualTo("7.5.2b");
    }

    @Test
    void clock_thatWasAYearAheadForAWhile_keepsNobodyFromBeingToldOrFromFailing() {
        site.with(2, "7.5.2b");
        clock.forward(Duration.ofDays(365));
        Rollout rollout = site.create(",\"spreadMinutes\":60,\"errors\":\"100%\"");
        site.turn();
        clock.forward(Duration.ofHours(2));
        site.polls(0, "7.5.2b");
        clock.forward(Duration.ofDays(-365));
        site.turn();

        assertThat(site.polls(1, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
        assertThat(site.count(rollout, Progress.FAILED)).isZero();
        for (int i = 0; i < 25 * 12; i++) {
            clock.forward(Duration.ofMinutes(5));
            site.turn();
        }
        assertThat(site.count(rollout, Progress.FAILED)).isEqualTo(2);
    }

    @Test
    void joins_withoutAnyDeviceYet_waitsForTheFirst() {
        Rollout rollout = site.create(",\"joins\":true");
        site.turn();
        site.turn();
        site.with(1, "7.5.2b");
        clock.forward(Duration.ofMinutes(2));
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.RUNNING);
        assertThat(site.polls(0, "7.5.2b").standing().rolled().version()).isEqualTo("7.6.2g");
    }

    @Test
    void create_whatCannotBe_isRefusedWithTheReason() {
        site.with(1, "7.5.2b");

        assertThatThrownBy(() -> site.create(",\"versions\":{\"spa51x\":\"1\"}"))
                .hasMessageContaining("spa51x");
        assertThatThrownBy(() -> site.create(",\"versions\":{\"nothing\":\"1\"}"))
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> site.create(",\"filter\":\"model=SPA525G\"")).hasMessageContaining("no device");
        assertThatThrownBy(() -> site.create(",\"maxDownloads\":-1"))
                .hasMessageContaining("maxDownloads '-1' is not allowed; allowed: 0 to 100000");
        assertThatThrownBy(() -> site.create(",\"window\":\"" + "01:00-02:00,".repeat(2000) + "03:00-04:00\""))
                .hasMessageContaining("too long; allowed: 16000");
        assertThatThrownBy(() -> site.layersRollout("")).hasMessageContaining("no layer edit is held");
    }
}
