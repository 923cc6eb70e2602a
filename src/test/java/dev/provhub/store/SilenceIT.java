package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Kind;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.silence.SilenceWatch;
import dev.provhub.silence.SilentDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Who is silent, found in the database. */
@ParameterizedClass
@EnumSource(Engine.class)
class SilenceIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private JdbcDeviceRepository devices;
    private JdbcSilences silences;
    private final SettableClock clock = new SettableClock(TEN);
    private final Map<String, Duration> ownPeriods = new HashMap<>();

    @BeforeEach
    void open() {
        database = engine.open(folder);
        devices = new JdbcDeviceRepository(database, new ReversibleSecrets());
        silences = new JdbcSilences(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** SPA504G polls every hour, ATA191 every ten minutes, the plan "file" not at all. */
    private SilenceWatch watch(int patience) {
        return new SilenceWatch(
                silences,
                devices,
                new SilenceWatch.Periods() {
                    @Override
                    public Optional<Duration> usual(String model, Device.Place place) {
                        if ("file".equals(place.plan())) {
                            return Optional.empty();
                        }
                        return Optional.of(model.equals("ATA191") ? Duration.ofMinutes(10) : HOUR);
                    }

                    @Override
                    public Optional<Duration> own(MacAddress mac) {
                        return Optional.ofNullable(ownPeriods.get(mac.hex()));
                    }
                },
                patience,
                clock);
    }

    private static MacAddress mac(int number) {
        return new MacAddress("000e08%06x".formatted(number));
    }

    private MacAddress device(int number, String model, String plan, boolean claimed, Map<String, String> settings) {
        MacAddress mac = mac(number);
        StringBuilder directory = new StringBuilder("d".repeat(20));
        for (char digit : "%06d".formatted(number).toCharArray()) {
            directory.append((char) ('a' + digit - '0'));
        }
        devices.change(
                mac,
                none -> new Device(
                        mac,
                        model,
                        null,
                        claimed,
                        new Device.Place(null, plan, null),
                        settings,
                        List.of(),
                        Device.Standing.first("seed")
                                .keyed(new DeviceKeys(new DeviceKey("0".repeat(64), directory.toString()), null))));
        return mac;
    }

    private MacAddress device(int number, String model) {
        return device(number, model, null, true, Map.of());
    }

    private void heard(Instant time, MacAddress... macs) {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            for (MacAddress mac : macs) {
                log.add(new DeviceEvent(
                        time,
                        Kind.CONTACT,
                        new Asker(mac, null, Evidence.PROOF, "", "http", "192.0.2.7:1024", null),
                        "profile.cfg",
                        new Verdict("profile answered", "", ""),
                        Given.NOTHING,
                        Shown.NOTHING));
            }
        }
    }

    private static List<MacAddress> macs(List<SilentDevice> devices) {
        return devices.stream().map(SilentDevice::mac).toList();
    }

    @Test
    void take_deviceSilentForThreePeriods_isToldOnceAndOnceWhenItReturns() {
        MacAddress phone = device(1, "SPA504G");
        MacAddress adapter = device(2, "ATA191");
        heard(TEN, phone, adapter);
        SilenceWatch watch = watch(3);
        clock.set(TEN.plus(Duration.ofMinutes(30)));
        assertThat(watch.take().silent()).isEmpty();

        clock.set(TEN.plus(Duration.ofMinutes(31)));
        assertThat(watch.take().silent()).containsExactly(new SilentDevice(adapter, TEN, Duration.ofMinutes(10)));
        clock.set(TEN.plus(HOUR.multipliedBy(3)).plusSeconds(1));
        assertThat(watch.take().silent()).containsExactly(new SilentDevice(phone, TEN, HOUR));
        assertThat(watch.take()).isEqualTo(new SilenceWatch.Change(List.of(), List.of()));
        assertThat(silences.count()).isEqualTo(2);
        assertThat(silences.find(phone)).contains(new SilentDevice(phone, TEN, HOUR));
        assertThat(macs(silences.list(phone, 10))).containsExactly(adapter);

        heard(clock.instant(), phone);
        clock.set(clock.instant().plusSeconds(60));
        assertThat(macs(watch.take().returned())).containsExactly(phone);
        assertThat(watch.take().returned()).isEmpty();
        assertThat(silences.count()).isEqualTo(1);
        clock.set(clock.instant().plus(HOUR.multipliedBy(3)));
        assertThat(macs(watch.take().silent())).containsExactly(phone);
    }

    @Test
    void take_outageOfManyThatIsOver_tellsNobodyThatIsBack() {
        List<MacAddress> all = new ArrayList<>();
        for (int number = 1; number <= 1_200; number++) {
            all.add(device(number, "SPA504G"));
        }
        heard(TEN, all.toArray(MacAddress[]::new));
        SilenceWatch watch = watch(3);
        clock.set(TEN.plus(Duration.ofHours(4)));
        assertThat(watch.take().silent()).hasSize(500);
        assertThat(silences.count()).isEqualTo(1_200);

        heard(clock.instant(), all.toArray(MacAddress[]::new));
        clock.set(clock.instant().plusSeconds(60));
        SilenceWatch.Change back = watch.take();

        assertThat(silences.count()).isZero();
        assertThat(silences.list(null, 10)).isEmpty();
        assertThat(silences.find(all.get(0))).isEmpty();
        assertThat(back.silent()).isEmpty();
        assertThat(back.returned()).hasSize(500);
        assertThat(watch.take()).isEqualTo(new SilenceWatch.Change(List.of(), List.of()));
    }

    @Test
    void watched_areThoseThatPollAndWereHeardOnce() {
        device(1, "SPA504G");
        device(2, "SPA504G", "file", true, Map.of());
        device(3, "SPA504G", null, false, Map.of());
        SilenceWatch watch = watch(3);
        watch.take();

        assertThat(watch.watched()).isEqualTo(1);
    }

    @Test
    void take_whoIsNotExpectedToPoll_isNeverSilent() {
        heard(TEN, device(1, "SPA504G", null, false, Map.of()), device(2, "SPA504G", "file", true, Map.of()), mac(77));
        device(3, "SPA504G");
        clock.set(TEN.plus(Duration.ofDays(30)));

        assertThat(watch(3).take().silent()).isEmpty();
        assertThat(silences.count()).isZero();
    }

    @Test
    void take_deviceWithALongerPeriodOfItsOwn_isSilentByThat() {
        MacAddress slow = device(1, "SPA504G", null, true, Map.of("Resync_Periodic", "86400"));
        ownPeriods.put(slow.hex(), Duration.ofDays(1));
        heard(TEN, slow);
        SilenceWatch watch = watch(3);
        clock.set(TEN.plus(Duration.ofHours(5)));
        assertThat(watch.take().silent()).isEmpty();
        assertThat(silences.count()).isZero();
        assertThat(silences.find(slow)).isEmpty();

        clock.set(TEN.plus(Duration.ofDays(3)).plusSeconds(1));
        assertThat(watch.take().silent()).containsExactly(new SilentDevice(slow, TEN, Duration.ofDays(1)));
    }

    @Test
    void take_deviceThatIsGivenUp_isTakenOffTheList() {
        MacAddress phone = device(1, "SPA504G");
        MacAddress gone = device(2, "SPA504G");
        heard(TEN, phone, gone);
        clock.set(TEN.plus(Duration.ofHours(4)));
        SilenceWatch watch = watch(3);
        assertThat(watch.take().silent()).hasSize(2);

        devices.change(phone, found -> {
            Device device = found.orElseThrow();
            return new Device(
                    phone,
                    device.model(),
                    null,
                    false,
                    device.place(),
                    device.settings(),
                    device.lines(),
                    device.standing());
        });
        devices.delete(gone);

        assertThat(macs(watch.take().returned())).containsExactly(phone);
        assertThat(silences.count()).isZero();
    }

    @Test
    void take_byAnotherHubAtTheSameTime_tellsEachDeviceOnce() throws Exception {
        List<MacAddress> all = new ArrayList<>();
        for (int number = 1; number <= 1_200; number++) {
            all.add(device(number, number % 2 == 0 ? "SPA504G" : "ATA191"));
        }
        heard(TEN, all.toArray(MacAddress[]::new));
        clock.set(TEN.plus(Duration.ofHours(4)));
        ExecutorService hubs = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<List<MacAddress>>> told = new ArrayList<>();
            for (int hub = 0; hub < 2; hub++) {
                SilenceWatch watch = watch(3);
                told.add(hubs.submit(() -> {
                    start.await();
                    List<MacAddress> silent = new ArrayList<>();
                    for (int turn = 0; turn < 6; turn++) {
                        silent.addAll(macs(watch.take().silent()));
                    }
                    return silent;
                }));
            }
            start.countDown();
            List<MacAddress> silent = new ArrayList<>();
            for (Future<List<MacAddress>> one : told) {
                silent.addAll(one.get());
            }
            silent.addAll(macs(watch(3).take().silent()));
            assertThat(silent).hasSize(1_200).doesNotHaveDuplicates();
        } finally {
            hubs.shutdownNow();
        }
    }

    @Test
    void take_notWatchedAnyMore_forgets() {
        heard(TEN, device(1, "SPA504G"));
        clock.set(TEN.plus(Duration.ofHours(4)));
        watch(3).take();
        assertThat(silences.count()).isEqualTo(1);

        assertThat(watch(0).take()).isEqualTo(new SilenceWatch.Change(List.of(), List.of()));
        assertThat(silences.count()).isZero();
    }
}
