package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.device.AuditLog;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Kind;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.devicelog.DeviceLog.Numbered;
import dev.provhub.devicelog.LogQuery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcLogsIT {
    private static final MacAddress MAC = new MacAddress("000e08aabbcc");
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = engine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void add_thousandEventsThenClose_allAreThere() {
        JdbcDeviceLog log = new JdbcDeviceLog(database).start();
        for (int number = 0; number < 1234; number++) {
            log.add(event(number));
        }
        log.close();
        assertThat(log.dropped()).isZero();
        assertThat(events(log, 2000)).hasSize(1234);
        assertThat(events(log, 2)).containsExactly(event(1233), event(1232));
    }

    @Test
    void add_oneEvent_isThereWithinSeconds() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(event(0));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(events(log, 10)).containsExactly(event(0)));
        }
    }

    @Test
    void add_longTextNulAndNobody_isCutNotLost() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(event(by(null, null, Evidence.NONE), "a\0b" + "x".repeat(5000)));
            log.add(event(by(MAC, null, Evidence.HINT), "a\0b" + "x".repeat(5000)));
        }
        JdbcDeviceLog log = new JdbcDeviceLog(database);
        assertThat(events(log, 1).get(0).what()).hasSize(1000).startsWith("a\uFFFDbxxx");
        assertThat(log.page(LogQuery.newest(new LogQuery.OfNobody(null), 5))).hasSize(1);
        assertThat(log.page(LogQuery.newest(new LogQuery.OfNobody("192.0.2.7"), 5)))
                .hasSize(1);
        assertThat(log.page(LogQuery.newest(new LogQuery.OfNobody("192.0.2"), 5)))
                .isEmpty();
    }

    @Test
    void page_serialNumberWithoutMac_isAmongTheDevices() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(event(by(MAC, null, Evidence.HINT), "one"));
            log.add(event(by(null, "CCQ1", Evidence.HINT), "two"));
            log.add(event(by(null, "CCQ2", Evidence.HINT), "of another"));
            log.add(event(by(MAC, null, Evidence.PROOF), "three"));
        }
        assertThat(new JdbcDeviceLog(database).page(LogQuery.newest(new LogQuery.OfDevice(MAC, "CCQ1"), 10)))
                .extracting(numbered -> numbered.event().what())
                .containsExactly("three", "two", "one");
        assertThat(new JdbcDeviceLog(database).page(LogQuery.newest(new LogQuery.OfDevice(MAC, "CCQ1"), 2)))
                .extracting(numbered -> numbered.event().what())
                .containsExactly("three", "two");
    }

    @Test
    void page_kindsAndBounds_areKeptTo() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            for (int number = 0; number < 9; number++) {
                log.add(event(number));
            }
        }
        JdbcDeviceLog log = new JdbcDeviceLog(database);
        LogQuery.OfDevice device = new LogQuery.OfDevice(MAC, null);
        List<Numbered> all = log.page(LogQuery.newest(device, 10));
        LogQuery middle = new LogQuery(
                device, Set.of(Kind.CONTACT), all.get(2).id(), all.get(6).id(), 10);
        assertThat(log.page(middle)).containsExactlyElementsOf(all.subList(3, 6));
        assertThat(log.page(new LogQuery(device, Set.of(Kind.SYSLOG), Long.MAX_VALUE, 0, 10)))
                .isEmpty();
    }

    @Test
    void add_proofAndHints_onlyProofMovesWhenItWasSeen() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(event(by(MAC, null, Evidence.PROOF), "proven"));
        }
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            DeviceEvent later = event(100);
            log.add(new DeviceEvent(
                    later.time(),
                    Kind.CONTACT,
                    by(MAC, null, Evidence.HINT),
                    "by name",
                    later.verdict(),
                    later.given(),
                    later.shown()));
        }
        assertThat(seen()).containsExactly(TEN);
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(event(50));
            log.add(event(60));
        }
        assertThat(seen()).containsExactly(TEN.plusSeconds(60));
    }

    private List<Instant> seen() {
        return database.jdbc()
                .query(
                        "select last_contact from device_seen where mac = ?",
                        Binder.of(MAC.hex()),
                        row -> Objects.requireNonNull(RowReader.instant(row, "last_contact")));
    }

    @Test
    void forgetBefore_oldEvents_areGone() {
        JdbcDeviceLog log = new JdbcDeviceLog(database).start();
        log.add(event(0));
        log.add(event(100));
        log.close();
        assertThat(log.forgetBefore(TEN.plusSeconds(50))).isEqualTo(1);
        assertThat(events(log, 10)).containsExactly(event(100));
    }

    @Test
    void keepNewest_moreThanThat_theOldestAreGone() {
        JdbcDeviceLog log = new JdbcDeviceLog(database).start();
        for (int number = 0; number < 10; number++) {
            log.add(event(number));
        }
        log.close();
        assertThat(log.keepNewest(3)).isEqualTo(7);
        assertThat(log.keepNewest(3)).isZero();
        assertThat(events(log, 10)).containsExactly(event(9), event(8), event(7));
    }

    @Test
    void audit_entries_newestFirst() {
        AuditLog log = new JdbcAuditLog(database, Clock.fixed(TEN, ZoneOffset.UTC));
        log.add("ops", "read the key of " + MAC);
        log.add("import", "x".repeat(3000));
        assertThat(log.latest(1)).singleElement().satisfies(entry -> assertThat(entry.what())
                .hasSize(1000));
        assertThat(log.latest(5).get(1)).isEqualTo(new AuditLog.Entry(TEN, "ops", "read the key of 000e08aabbcc"));
    }

    private static List<DeviceEvent> events(JdbcDeviceLog log, int limit) {
        return log.page(LogQuery.newest(new LogQuery.OfDevice(MAC, null), limit)).stream()
                .map(Numbered::event)
                .toList();
    }

    private static Asker by(@Nullable MacAddress mac, @Nullable String serial, Evidence evidence) {
        return new Asker(mac, serial, evidence, "", "https", "192.0.2.7:40000", "Cisco/SPA504G-7.4.9c");
    }

    private static DeviceEvent event(Asker asker, String what) {
        return new DeviceEvent(
                TEN, Kind.CONTACT, asker, what, new Verdict("nothing", "", "why"), Given.NOTHING, Shown.NOTHING);
    }

    private static DeviceEvent event(int number) {
        return new DeviceEvent(
                TEN.plusSeconds(number),
                Kind.CONTACT,
                by(MAC, null, Evidence.PROOF),
                "/p/***/" + number,
                new Verdict("profile answered", "/p/{directory}", "revision " + number),
                new Given(4096, "opensslEnc", "5.9f"),
                new Shown("4.9f", "7.4.9c"));
    }
}
