package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.notify.Notification;
import dev.provhub.notify.Notification.State;
import dev.provhub.notify.Notifications;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.NotifyOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
class JdbcNotificationsIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LEASE = TEN.plusSeconds(600);
    private static final MacAddress KITCHEN = new MacAddress("000e08000001");
    private static final MacAddress STUDY = new MacAddress("000e08000002");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private Notifications queue;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        queue = new JdbcNotifications(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long ask(MacAddress mac, NotifyAction action, @Nullable String target, Instant notBefore) {
        return queue.add(new Notifications.Wanted(mac, action, target, "test", notBefore), TEN);
    }

    private static MacAddress mac(int number) {
        return new MacAddress(String.format("000e08%06x", number));
    }

    @Test
    void add_sameActionWaits_isOneWithTheLastTargetAndTheEarlierTime() {
        long id = ask(KITCHEN, NotifyAction.RESYNC, null, TEN.plusSeconds(60));

        assertThat(ask(KITCHEN, NotifyAction.RESYNC, "192.0.2.7", TEN)).isEqualTo(id);
        assertThat(ask(KITCHEN, NotifyAction.RESYNC, null, TEN.plusSeconds(90))).isEqualTo(id);
        assertThat(ask(KITCHEN, NotifyAction.REBOOT, null, TEN)).isNotEqualTo(id);
        assertThat(ask(STUDY, NotifyAction.RESYNC, null, TEN)).isNotEqualTo(id);

        assertThat(queue.latest(KITCHEN, 10))
                .extracting(Notification::action)
                .containsExactly(NotifyAction.REBOOT, NotifyAction.RESYNC);
        Notification resync = queue.latest(KITCHEN, 10).get(1);
        assertThat(resync.target()).isEqualTo("192.0.2.7");
        assertThat(resync.notBefore()).isEqualTo(TEN);
        assertThat(resync.state()).isEqualTo(State.WAITING);
        assertThat(resync.askedBy()).isEqualTo("test");
    }

    @Test
    void claim_whatIsDue_inOrderAndOnce() {
        long second = ask(KITCHEN, NotifyAction.RESYNC, null, TEN);
        long first = ask(STUDY, NotifyAction.RESYNC, null, TEN.minusSeconds(1));
        ask(STUDY, NotifyAction.REPORT, null, TEN.plusSeconds(1));

        assertThat(queue.claim(TEN, LEASE, 1)).extracting(Notification::id).containsExactly(first);
        List<Notification> claimed = queue.claim(TEN, LEASE, 10);
        assertThat(claimed).extracting(Notification::id).containsExactly(second);
        assertThat(claimed.get(0).attempts()).isEqualTo(1);
        assertThat(claimed.get(0).state()).isEqualTo(State.SENT);
        assertThat(queue.claim(TEN, LEASE, 10)).isEmpty();
        assertThat(ask(KITCHEN, NotifyAction.RESYNC, null, TEN)).isNotEqualTo(second);
    }

    @Test
    void claim_hubThatDied_isGivenToAnotherWhenTheLeaseIsOver() {
        long id = ask(KITCHEN, NotifyAction.RESYNC, null, TEN);
        queue.claim(TEN, LEASE, 10);

        assertThat(queue.claim(LEASE.minusSeconds(1), LEASE.plusSeconds(600), 10))
                .isEmpty();
        List<Notification> again = queue.claim(LEASE, LEASE.plusSeconds(600), 10);
        assertThat(again).extracting(Notification::id).containsExactly(id);
        assertThat(again.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void end_isKept_once() {
        long id = ask(KITCHEN, NotifyAction.RESYNC, null, TEN);
        queue.claim(TEN, LEASE, 10);
        queue.end(id, new NotifyOutcome(false, "no answer\u0000" + "x".repeat(2000)), TEN.plusSeconds(32));
        queue.end(id, new NotifyOutcome(true, "late"), TEN.plusSeconds(33));

        Notification ended = queue.latest(KITCHEN, 1).get(0);
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.outcome()).startsWith("no answer").hasSize(1000);
        assertThat(ended.changed()).isEqualTo(TEN.plusSeconds(32));
        assertThat(queue.claim(LEASE.plusSeconds(9999), LEASE, 10)).isEmpty();
        assertThat(queue.forgetBefore(TEN.plusSeconds(32))).isZero();
        assertThat(queue.forgetBefore(TEN.plusSeconds(33))).isEqualTo(1);
    }

    @Test
    void release_waitsAgain_unlessAnotherDoes() {
        ask(KITCHEN, NotifyAction.RESYNC, null, TEN);
        Notification claimed = queue.claim(TEN, LEASE, 10).get(0);
        queue.release(claimed, TEN);
        assertThat(queue.claim(TEN, LEASE, 10)).extracting(Notification::id).containsExactly(claimed.id());

        long other = ask(KITCHEN, NotifyAction.RESYNC, null, TEN);
        queue.release(claimed, TEN);
        assertThat(queue.latest(KITCHEN, 10)).extracting(Notification::id).containsExactly(other);
    }

    @Test
    void lastSeenAt_isWhereTheDeviceProvedItself_notWhereOthersNamedIt() {
        try (JdbcDeviceLog log = new JdbcDeviceLog(database).start()) {
            log.add(contact(DeviceEvent.Evidence.PROOF, "192.0.2.7:43210", TEN));
            log.add(contact(DeviceEvent.Evidence.HINT, "192.0.2.66:1", TEN.plusSeconds(1)));
            log.add(contact(DeviceEvent.Evidence.CONTRADICTION, "192.0.2.66:1", TEN.plusSeconds(2)));
        }

        assertThat(new JdbcNotifications(database).lastSeenAt(KITCHEN)).contains("192.0.2.7:43210");
        assertThat(new JdbcNotifications(database).lastSeenAt(STUDY)).isEmpty();
    }

    private static DeviceEvent contact(DeviceEvent.Evidence evidence, String remote, Instant time) {
        return new DeviceEvent(
                time,
                DeviceEvent.Kind.CONTACT,
                new DeviceEvent.Asker(KITCHEN, null, evidence, "test", "http", remote, null),
                "/p/***",
                new DeviceEvent.Verdict("profile answered", "", "test"),
                DeviceEvent.Given.NOTHING,
                DeviceEvent.Shown.NOTHING);
    }

    @Test
    void claim_fromSeveralHubs_givesEachToOne() throws Exception {
        int all = 200;
        for (int i = 0; i < all; i++) {
            ask(mac(i), NotifyAction.RESYNC, null, TEN);
        }
        List<Long> claimed = Collections.synchronizedList(new ArrayList<>());
        ExecutorService hubs = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int hub = 0; hub < 4; hub++) {
                ends.add(hubs.submit(() -> {
                    Notifications own = new JdbcNotifications(database);
                    while (claimed.size() < all) {
                        own.claim(TEN, LEASE, 7).forEach(one -> claimed.add(one.id()));
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            hubs.shutdownNow();
        }

        assertThat(claimed).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void add_fromSeveralThreadsWhileItIsClaimed_alwaysGivesOneThatIsThere() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                boolean asks = thread < 3;
                ends.add(threads.submit(() -> {
                    for (int round = 0; round < 50; round++) {
                        if (asks) {
                            assertThat(ask(KITCHEN, NotifyAction.RESYNC, null, TEN))
                                    .isPositive();
                        } else {
                            queue.claim(TEN, LEASE, 10)
                                    .forEach(one -> queue.end(one.id(), new NotifyOutcome(true, "done"), TEN));
                        }
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
