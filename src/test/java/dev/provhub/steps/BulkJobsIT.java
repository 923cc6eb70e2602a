package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceJobs;
import dev.provhub.device.DeviceJobs.Job;
import dev.provhub.device.DeviceJobs.State;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.store.Database;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcDeviceJobs;
import dev.provhub.store.JdbcDeviceLabels;
import dev.provhub.store.JdbcDeviceRepository;
import dev.provhub.store.JdbcDeviceSearch;
import dev.provhub.store.JdbcRevocations;
import dev.provhub.store.ReversibleSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class BulkJobsIT {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int DEVICES = 450;

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private JdbcDeviceRepository devices;
    private DeviceSearch search;
    private DeviceJobs jobs;
    private BulkJobs running;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        devices = new JdbcDeviceRepository(database, new ReversibleSecrets());
        search = new JdbcDeviceSearch(
                database, new ReversibleSecrets(), (model, place, own, version, rolled) -> Optional.empty());
        jobs = new JdbcDeviceJobs(database);
        running = new BulkJobs(jobs, search, database.unitOfWork(), CLOCK);
        database.unitOfWork().run(() -> {
            IntStream.range(0, DEVICES).forEach(i -> devices.change(mac(i), none -> device(mac(i), DeviceKeys.NONE)));
            return DEVICES;
        });
    }

    @AfterEach
    void close() {
        running.close();
        database.close();
    }

    private static MacAddress mac(int number) {
        return new MacAddress("000e08%06x".formatted(number));
    }

    private static Device device(MacAddress mac, DeviceKeys keys) {
        return new Device(
                mac,
                "SPA504G",
                null,
                true,
                Device.Place.DEFAULT,
                Map.of(),
                List.of(),
                Device.Standing.first("seed").keyed(keys));
    }

    private static Job job(String id, Instant updated) {
        return new Job(id, "label", "all", "noc (1)", State.RUNNING, DEVICES, 0, 0, 0, null, updated, updated, null);
    }

    private Job awaitEnd(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> jobs.find(id).orElseThrow().state() != State.RUNNING);
        return jobs.find(id).orElseThrow();
    }

    @Test
    void start_everyDevice_isGivenOnceAndInOrder() {
        List<MacAddress> given = new ArrayList<>();
        jobs.add(job("a", NOW));
        running.start(job("a", NOW), DeviceFilter.EVERY, some -> {
            given.addAll(some);
            return new BulkAction.Result(some.size() - 1L, 1, "because");
        });

        Job ended = awaitEnd("a");
        assertThat(given).hasSize(DEVICES).isSorted().doesNotHaveDuplicates();
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.done()).isEqualTo(DEVICES);
        assertThat(ended.changed()).isEqualTo(DEVICES - 3);
        assertThat(ended.failed()).isEqualTo(3);
        assertThat(ended.reason()).isEqualTo("because");
        assertThat(ended.ended()).isEqualTo(NOW);
    }

    @Test
    void start_actionThatFails_isFailedAndKeepsWhatWasDone() {
        jobs.add(job("a", NOW));
        running.start(job("a", NOW), DeviceFilter.EVERY, some -> {
            if (some.contains(mac(300))) {
                throw new IllegalStateException("disk full");
            }
            return BulkAction.Result.changed(some.size());
        });

        Job ended = awaitEnd("a");
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.done()).isEqualTo(200);
        assertThat(ended.reason()).isEqualTo("the reason is in the hub's log");
    }

    @Test
    void close_inTheMiddle_finishesTheDevicesInHandAndSaysSo() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        jobs.add(job("a", NOW));
        jobs.add(job("b", NOW));
        running.start(job("a", NOW), DeviceFilter.EVERY, some -> {
            began.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return BulkAction.Result.changed(some.size());
        });
        running.start(job("b", NOW), DeviceFilter.EVERY, some -> BulkAction.Result.changed(some.size()));
        began.await();
        Thread closing = new Thread(running::close);
        closing.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !running.hasRoom());
        go.countDown();
        closing.join();

        Job cut = jobs.find("a").orElseThrow();
        assertThat(cut.state()).isEqualTo(State.INTERRUPTED);
        assertThat(cut.done()).isEqualTo(200);
        assertThat(cut.reason()).isEqualTo("the hub was stopped");
        assertThat(jobs.find("b").orElseThrow().state()).isEqualTo(State.INTERRUPTED);
        assertThat(jobs.find("b").orElseThrow().done()).isZero();
    }

    @Test
    void told_jobOfAHubThatDied_isInterrupted() {
        assertThat(running.told(job("a", NOW.minusSeconds(61))).state()).isEqualTo(State.INTERRUPTED);
        assertThat(running.told(job("a", NOW.minusSeconds(61))).reason()).isEqualTo("the hub that ran it is gone");
        assertThat(running.told(job("a", NOW.minusSeconds(59))).state())
                .as("perhaps of another hub that runs")
                .isEqualTo(State.RUNNING);
        jobs.add(job("a", NOW.minusSeconds(61)));
        jobs.alive(List.of("a"), NOW);
        assertThat(running.told(jobs.find("a").orElseThrow()).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void jobs_old_areForgotten() {
        jobs.add(job("old", NOW.minus(Duration.ofDays(8))));
        jobs.add(job("new", NOW));

        assertThat(jobs.latest(10)).extracting(Job::id).containsExactly("new", "old");
        assertThat(jobs.forgetBefore(NOW.minus(BulkJobs.KEPT))).isEqualTo(1);
        assertThat(jobs.find("old")).isEmpty();
    }

    @Test
    void rotate_onlyDevicesThatHoldAKey_andOnce() {
        DeviceKey key = new DeviceKey("a".repeat(64), "b".repeat(26));
        DeviceKey fresh = new DeviceKey("c".repeat(64), "d".repeat(26));
        devices.change(mac(1), none -> device(mac(1), new DeviceKeys(key, null)));
        BulkActions actions = new BulkActions(
                new DeviceStores(
                        devices,
                        search,
                        new JdbcDeviceLabels(database),
                        new JdbcAuditLog(database, CLOCK),
                        database.unitOfWork()),
                () -> fresh,
                new JdbcRevocations(database),
                () -> {},
                (some, who) -> 1,
                CLOCK);
        BulkAction rotate = actions.read("rotate", new ObjectMapper().createObjectNode(), "noc (1)");
        List<MacAddress> some = List.of(mac(0), mac(1), mac(9999));

        assertThat(rotate.apply(some)).isEqualTo(BulkAction.Result.changed(1));
        assertThat(rotate.apply(some)).isEqualTo(BulkAction.Result.changed(0));
        assertThat(devices.findByMac(mac(1)).orElseThrow().standing().keys()).isEqualTo(new DeviceKeys(key, fresh));
        assertThat(devices.findByMac(mac(9999))).isEmpty();
    }

    @Test
    void resync_devicesThatCannotBeTold_areCounted() {
        BulkActions actions = new BulkActions(
                new DeviceStores(
                        devices,
                        search,
                        new JdbcDeviceLabels(database),
                        new JdbcAuditLog(database, CLOCK),
                        database.unitOfWork()),
                () -> new DeviceKey("a".repeat(64), "b".repeat(26)),
                new JdbcRevocations(database),
                () -> {},
                (some, who) -> who.equals("noc (1)") ? some.size() - 1 : 0,
                CLOCK);
        BulkAction resync = actions.read("resync", new ObjectMapper().createObjectNode(), "noc (1)");

        assertThat(resync.apply(List.of(mac(0), mac(1), mac(2))))
                .isEqualTo(new BulkAction.Result(2, 1, "a device cannot be told anything"));
    }

    @Test
    void labels_beyondTheMost_areNotTaken() {
        JdbcDeviceLabels labels = new JdbcDeviceLabels(database);
        Set<String> many = new java.util.TreeSet<>();
        IntStream.range(0, 32).forEach(i -> many.add("l" + i));
        database.unitOfWork().run(() -> {
            labels.replace(mac(0), many);
            return many;
        });
        BulkActions actions = new BulkActions(
                new DeviceStores(devices, search, labels, new JdbcAuditLog(database, CLOCK), database.unitOfWork()),
                () -> new DeviceKey("a".repeat(64), "b".repeat(26)),
                new JdbcRevocations(database),
                () -> {},
                (some, who) -> 1,
                CLOCK);
        var body = new ObjectMapper().createObjectNode();
        body.putArray("add").add("one-more");
        BulkAction label = actions.read("label", body, "noc (1)");

        BulkAction.Result result = label.apply(List.of(mac(0), mac(1)));

        assertThat(result).isEqualTo(new BulkAction.Result(1, 1, "a device may have 32 labels"));
        assertThat(labels.of(mac(0))).isEqualTo(many);
        assertThat(labels.of(mac(1))).containsExactly("one-more");
    }
}
