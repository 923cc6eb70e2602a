package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceListing.Filter;
import dev.provhub.device.DeviceRepository.Change;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcDeviceRepositoryIT {
    private static final MacAddress MAC = new MacAddress("000e08aabbcc");
    private static final DeviceKey FIRST = new DeviceKey("0123456789abcdef".repeat(4), "abcdefghijklmnopqrstuvwxyz");
    private static final DeviceKey SECOND = new DeviceKey("fedcba9876543210".repeat(4), "zyxwvutsrqponmlkjihgfedcba");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private JdbcDeviceRepository devices;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        devices = new JdbcDeviceRepository(database, new ReversibleSecrets());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void change_newDevice_comesBackWhole() {
        Device made = device(MAC, new DeviceKeys(FIRST, SECOND), line(1, "Tq7-rosebud-41"), line(3, "x"));
        assertThat(devices.change(MAC, existing -> made)).isEqualTo(made);
        assertThat(devices.findByMac(MAC)).contains(made);
        assertThat(devices.findByMac(new MacAddress("000e08aabbcd"))).isEmpty();
    }

    @Test
    void change_everyColumn_secretsAreSealed() {
        devices.change(MAC, existing -> device(MAC, new DeviceKeys(FIRST, SECOND), line(1, "Tq7-rosebud-41")));
        assertThat(DatabaseText.of(database))
                .contains("device|000e08aabbcc|SPA508G")
                .contains("sip.example.net")
                .doesNotContain("Tq7-rosebud-41")
                .doesNotContain("seed-of-")
                .doesNotContain("own-admin-password")
                .doesNotContain(FIRST.key())
                .doesNotContain(FIRST.directory())
                .doesNotContain(SECOND.key())
                .doesNotContain(SECOND.directory());
    }

    @Test
    void change_linesReplacedAddedRemoved_isKept() {
        devices.change(MAC, existing -> device(MAC, DeviceKeys.NONE, line(1, "a"), line(2, "b")));
        Device after = device(MAC, DeviceKeys.NONE, line(2, "other"), line(4, "d"));
        devices.change(MAC, existing -> after);
        assertThat(devices.findByMac(MAC)).contains(after);
    }

    @Test
    void change_unchanged_writesNothing() {
        devices.change(MAC, existing -> device(MAC, new DeviceKeys(FIRST, null), line(1, "a")));
        AtomicBoolean called = new AtomicBoolean();
        Device answer = devices.change(MAC, existing -> {
            called.set(true);
            return existing.orElseThrow();
        });
        assertThat(called).isTrue();
        assertThat(answer).isEqualTo(devices.findByMac(MAC).orElseThrow());
    }

    @Test
    void change_throws_leavesDeviceAsItWas() {
        Device before = devices.change(MAC, existing -> device(MAC, DeviceKeys.NONE, line(1, "a")));
        assertThatThrownBy(() -> devices.change(MAC, existing -> {
                    throw new IllegalArgumentException("stop");
                }))
                .hasMessage("stop");
        assertThat(devices.findByMac(MAC)).contains(before);
        assertThatThrownBy(() -> devices.change(new MacAddress("000e08aabbcd"), existing -> before))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void findByDirectory_currentPendingAndPromoted_findsTheDevice() {
        devices.change(MAC, existing -> device(MAC, new DeviceKeys(FIRST, SECOND), line(1, "a")));
        assertThat(devices.findByDirectory(FIRST.directory())).map(Device::mac).contains(MAC);
        assertThat(devices.findByDirectory(SECOND.directory())).map(Device::mac).contains(MAC);
        devices.change(MAC, existing -> device(MAC, new DeviceKeys(SECOND, null), line(1, "a")));
        assertThat(devices.findByDirectory(SECOND.directory())).map(Device::mac).contains(MAC);
        assertThat(devices.findByDirectory(FIRST.directory())).isEmpty();
    }

    @Test
    void delete_device_takesLinesAndKeysAlong() {
        devices.change(MAC, existing -> device(MAC, new DeviceKeys(FIRST, null), line(1, "a")));
        devices.delete(MAC);
        devices.delete(MAC);
        assertThat(DatabaseText.of(database)).isEmpty();
    }

    @Test
    void list_filterAndPages_walksInOrder() {
        List<MacAddress> macs = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            MacAddress mac = new MacAddress("000e08aabb0" + number);
            macs.add(mac);
            devices.change(mac, existing -> device(mac, DeviceKeys.NONE, line(1, "a"), line(2, "b")));
        }
        List<Device> first = devices.list(Filter.ALL, null, 2);
        assertThat(first).extracting(Device::mac).containsExactly(macs.get(0), macs.get(1));
        assertThat(first).allSatisfy(device -> assertThat(device.lines()).hasSize(2));
        assertThat(devices.list(Filter.ALL, macs.get(1), 10))
                .extracting(Device::mac)
                .containsExactlyElementsOf(macs.subList(2, 5));
        assertThat(devices.list(new Filter("SPA508G", "acme", DeviceState.KEYED, true), null, 10))
                .hasSize(5);
        assertThat(devices.list(new Filter(null, null, null, false), null, 10)).isEmpty();
        assertThat(devices.count(new Filter("SPA508G", null, null, null))).isEqualTo(5);
        assertThat(devices.count(new Filter(null, "other", null, null))).isZero();
    }

    @Test
    void change_twoThreadsOnOneDevice_loseNothing() throws Exception {
        int perThread = 100;
        inParallel(4, () -> {
            for (int round = 0; round < perThread; round++) {
                devices.change(MAC, existing -> existing.map(JdbcDeviceRepositoryIT::nextRevision)
                        .orElseGet(() -> device(MAC, DeviceKeys.NONE, line(1, "a"))));
            }
        });
        assertThat(devices.findByMac(MAC).orElseThrow().standing().revision()).isEqualTo(7 + 4 * perThread - 1);
    }

    @Test
    void findByMac_whileItChanges_seesOldOrNewNeverHalf() throws Exception {
        devices.change(MAC, existing -> numbered(1));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Integer> reads = reader.submit(() -> {
            int count = 0;
            while (!done.get()) {
                Device seen = devices.findByMac(MAC).orElseThrow();
                String revision = Long.toString(seen.standing().revision());
                assertThat(seen.lines()).hasSize(2).allSatisfy(line -> assertThat(line.displayName())
                        .isEqualTo(revision));
                assertThat(seen.settings()).containsEntry("revision", revision);
                count++;
            }
            return count;
        });
        for (int revision = 2; revision <= 200; revision++) {
            int next = revision;
            devices.change(MAC, Change.ofExisting(MAC, device -> numbered(next)));
        }
        done.set(true);
        assertThat(reads.get(30, TimeUnit.SECONDS)).isPositive();
        reader.shutdown();
    }

    private static void inParallel(int threads, Runnable work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            running.add(pool.submit(work));
        }
        for (Future<?> one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
    }

    private static Device numbered(int revision) {
        String text = Integer.toString(revision);
        Line template = line(1, "a");
        List<Line> lines = List.of(1, 2).stream()
                .map(number -> new Line(number, null, text, "u", null, "p", template.sipDomain(), null, null))
                .toList();
        return new Device(
                MAC,
                "SPA508G",
                null,
                true,
                Device.Place.DEFAULT,
                Map.of("revision", text),
                lines,
                new Device.Standing(
                        DeviceState.NEW, revision, null, null, DeviceKeys.NONE, "seed", Device.Given.NOTHING, null));
    }

    private static Device nextRevision(Device device) {
        Device.Standing was = device.standing();
        return new Device(
                device.mac(),
                device.model(),
                device.serial(),
                device.claimed(),
                device.place(),
                device.settings(),
                device.lines(),
                new Device.Standing(
                        was.state(),
                        was.revision() + 1,
                        null,
                        null,
                        was.keys(),
                        was.seed(),
                        Device.Given.NOTHING,
                        null));
    }

    private static Line line(int number, String password) {
        return new Line(
                number,
                "+4989123456",
                "Front „desk“",
                "4989123456",
                "u4711",
                password,
                "sip.example.net",
                "proxy:5061",
                "TLS");
    }

    private static Device device(MacAddress mac, DeviceKeys keys, Line... lines) {
        return new Device(
                mac,
                "SPA508G",
                "CBT141400UK",
                true,
                new Device.Place("acme", "office", "Europe/Berlin"),
                Map.of("Admin_Passwd", "own-admin-password"),
                List.of(lines),
                new Device.Standing(
                        DeviceState.KEYED,
                        7,
                        "6.9f3a0c12d1",
                        "7.6.2g",
                        keys,
                        "seed-of-" + mac,
                        Device.Given.NOTHING,
                        null));
    }
}
