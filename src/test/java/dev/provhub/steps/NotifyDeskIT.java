package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.notify.Deliveries;
import dev.provhub.notify.Notification;
import dev.provhub.notify.Notifications;
import dev.provhub.notify.NotifyAction;
import dev.provhub.notify.NotifyPlanner;
import dev.provhub.notify.Outgoing;
import dev.provhub.notify.ThreadTimers;
import dev.provhub.order.OrderWorld;
import dev.provhub.store.Database;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcNotifications;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue of NOTIFYs as operators and routes see it, on a real database. */
class NotifyDeskIT {
    private static final MacAddress KITCHEN = new MacAddress("000e08000001");

    @TempDir
    private Path folder;

    private final List<Outgoing> sent = new CopyOnWriteArrayList<>();
    private final List<String> noted = new ArrayList<>();
    private final ThreadTimers timers = new ThreadTimers();
    private Database database;
    private OrderWorld world;
    private Notifications queue;
    private NotifyDesk desk;

    @BeforeEach
    void open() {
        database = Engine.H2.open(folder);
        world = new OrderWorld(database);
        queue = new JdbcNotifications(database);
        desk = new NotifyDesk(
                new NotifyDesk.Parts(
                        queue,
                        new Deliveries(
                                sent::add, timers, new SecureRandom(), (what, outcome) -> desk.end(what, outcome)),
                        new NotifyPlanner(new Nowhere(), null, null),
                        (mac, time, action, outcome, reason) ->
                                noted.add(mac + " " + action + " " + outcome + ": " + reason),
                        world.devices,
                        ShippedConfig.MODELS,
                        world.orders,
                        new JdbcAuditLog(database, world.clock),
                        database.unitOfWork(),
                        world.clock),
                new NotifyDesk.Rate(100, Duration.ofSeconds(300)),
                new Random(1)::nextInt);
    }

    @AfterEach
    void close() {
        timers.close();
        database.close();
    }

    private static final class Nowhere implements NotifyPlanner.Ways {
        @Override
        public InetAddress lookUp(String host) {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public Optional<String> lastSeenAt(MacAddress mac) {
            return mac.equals(KITCHEN) ? Optional.of("127.0.0.1") : Optional.empty();
        }

        @Override
        public String localTowards(InetAddress target) {
            return "127.0.0.1:5062";
        }
    }

    private MacAddress device(MacAddress mac, String model) {
        Line line = new Line(1, null, null, "1001", null, "s3cret", "sip.example.net", null, null);
        world.devices.change(
                mac,
                none -> new Device(
                        mac,
                        model,
                        null,
                        true,
                        Device.Place.DEFAULT,
                        Map.of(),
                        List.of(line),
                        Device.Standing.first("seed")));
        return mac;
    }

    private Instant now() {
        return world.clock.instant();
    }

    private Notification newest(MacAddress mac) {
        return queue.latest(mac, 1).get(0);
    }

    @Test
    void ask_deviceThatCannotBeTold_saysWhy() {
        assertThat(desk.ask(KITCHEN, NotifyAction.RESYNC, null, "test")).isEqualTo(NotifyDesk.Answer.UNKNOWN);

        device(KITCHEN, "SPA-2000");
        assertThat(desk.ask(KITCHEN, NotifyAction.REPORT, null, "test").objection())
                .isEqualTo("model SPA-2000 cannot be told to report by NOTIFY (notify: in config/models.yaml)");
        assertThat(desk.ask(KITCHEN, NotifyAction.RESYNC, null, "test").id()).isPositive();
    }

    @Test
    void askAll_manyDevices_areSpread_andOneIsNot() {
        List<MacAddress> macs = IntStream.range(0, 60)
                .mapToObj(number -> device(new MacAddress(String.format("000e08%06x", number)), "SPA504G"))
                .toList();

        assertThat(desk.askAll(macs, NotifyAction.RESYNC, "test")).isEqualTo(60);

        List<Instant> times =
                macs.stream().map(mac -> newest(mac).notBefore()).sorted().toList();
        assertThat(times.get(0)).isAfterOrEqualTo(now()).isBefore(now().plusSeconds(60));
        assertThat(times.get(59)).isAfter(now().plusSeconds(240)).isBeforeOrEqualTo(now().plusSeconds(300));
        assertThat(desk.claim().size()).isLessThan(5);

        MacAddress alone = device(new MacAddress("000e08aabbcc"), "SPA504G");
        desk.askAll(List.of(alone), NotifyAction.RESYNC, "test");
        assertThat(newest(alone).notBefore()).isEqualTo(now());
    }

    @Test
    void claim_whatWaitedForMoreThanAnHour_isDroppedAndNoted() {
        desk.ask(device(KITCHEN, "SPA504G"), NotifyAction.RESYNC, null, "test");
        world.clock.forward(Duration.ofMinutes(61));

        assertThat(desk.claim()).isEmpty();

        assertThat(newest(KITCHEN).state()).isEqualTo(Notification.State.FAILED);
        assertThat(newest(KITCHEN).outcome()).isEqualTo("it waited for more than an hour and was dropped");
        assertThat(noted).containsExactly(KITCHEN + " resync failed: it waited for more than an hour and was dropped");
    }

    @Test
    void claim_hubThatDiesAgainAndAgain_isNotTriedForEver() {
        desk.ask(device(KITCHEN, "SPA504G"), NotifyAction.REBOOT, null, "test");
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(desk.claim()).hasSize(1);
            world.clock.forward(Duration.ofMinutes(11));
        }

        assertThat(desk.claim()).isEmpty();
        assertThat(newest(KITCHEN).outcome()).isEqualTo("it was begun 3 times, and each time the hub stopped");
    }

    @Test
    void begin_whatCannotBeSent_endsWithTheReason() {
        MacAddress study = device(new MacAddress("000e08000002"), "SPA504G");
        desk.ask(study, NotifyAction.RESYNC, null, "test");
        desk.claim().forEach(desk::begin);
        assertThat(newest(study).outcome()).startsWith("where the phone is, is not known");

        desk.ask(device(KITCHEN, "SPA504G"), NotifyAction.REBOOT, null, "test");
        List<Notification> claimed = desk.claim();
        claimed.forEach(desk::begin);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).text()).contains("\r\nEvent: reboot_now\r\n");

        desk.ask(KITCHEN, NotifyAction.RESYNC, null, "test");
        List<Notification> late = desk.claim();
        world.devices.delete(KITCHEN);
        late.forEach(desk::begin);
        assertThat(newest(KITCHEN).outcome()).isEqualTo("the device is not known any more");
    }
}
