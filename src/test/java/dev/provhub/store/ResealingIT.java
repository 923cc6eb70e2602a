package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.SecretBox;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class ResealingIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DEVICES = 450;

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final MasterKey first = MasterKey.fresh(RANDOM);
    private final MasterKey second = MasterKey.fresh(RANDOM);
    private final SecretBox box = new SecretBox(first, RANDOM);
    private final SecretColumn column = new BoxColumn(box);
    private Database database;
    private JdbcDeviceRepository devices;
    private Resealing resealing;

    private record BoxColumn(SecretBox box) implements SecretColumn {
        @Override
        public String seal(String plain, String identity) {
            return box.seal(plain, identity);
        }

        @Override
        public String open(String sealed, String identity) {
            return box.open(sealed, identity);
        }
    }

    @BeforeEach
    void open() {
        database = engine.open(folder);
        devices = new JdbcDeviceRepository(database, column);
        resealing = new Resealing(database, column);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void columns_areAllThatTheTablesHave() throws SQLException {
        Set<String> listed = SealedColumns.ALL.stream()
                .map(each -> each.table() + "." + each.column())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> present = new TreeSet<>();
        try (Connection connection = database.dataSource().getConnection();
                ResultSet rows = connection.getMetaData().getColumns(null, "public", "%", "%sealed")) {
            while (rows.next()) {
                present.add(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME"));
            }
        }
        assertThat(listed).isEqualTo(present);
    }

    @Test
    void pass_everything_isUnderTheNewKeyAndStillTheSame() {
        fill();
        List<Device> before = devices.list(dev.provhub.device.DeviceListing.Filter.ALL, null, DEVICES);
        box.change(second);

        resealing.awaitEarlierWriters();
        Resealing.Pass pass = resealing.pass(SecretBox.beginning(second), count -> {});

        assertThat(pass.unreadable()).isZero();
        assertThat(resealing.pass(SecretBox.beginning(second), count -> {})).isEqualTo(new Resealing.Pass(0, 0));
        assertThat(resealing.count(SecretBox.beginning(second))).isZero();
        assertThat(DatabaseText.of(database))
                .contains(SecretBox.beginning(second))
                .doesNotContain(SecretBox.beginning(first));
        box.forgetEarlier();
        assertThat(devices.list(dev.provhub.device.DeviceListing.Filter.ALL, null, DEVICES))
                .isEqualTo(before);
        assertThat(new JdbcLayerArchive(database, column).latest().orElseThrow().files())
                .containsEntry("a.yaml", "text");
    }

    @Test
    void pass_cutOffInTheMiddle_goesOn() {
        fill();
        box.change(second);
        AtomicBoolean cutOff = new AtomicBoolean();
        try {
            resealing.pass(SecretBox.beginning(second), count -> {
                throw new IllegalStateException("cut off");
            });
        } catch (IllegalStateException e) {
            cutOff.set(true);
        }
        assertThat(cutOff).isTrue();
        long left = resealing.count(SecretBox.beginning(second));
        assertThat(left).isPositive();

        assertThat(resealing.pass(SecretBox.beginning(second), count -> {}).resealed())
                .isEqualTo(left);
        assertThat(resealing.count(SecretBox.beginning(second))).isZero();
    }

    @Test
    void pass_valueThatDoesNotOpen_isCountedAndLeft() {
        fill();
        database.unitOfWork().run(() -> database.jdbc()
                .update(
                        "update device set seed_sealed = ? where mac = ?",
                        Binder.of(SecretBox.beginning(first) + "AAAA", mac(7).hex())));
        box.change(second);

        assertThat(resealing.pass(SecretBox.beginning(second), count -> {}).unreadable())
                .isEqualTo(1);
        assertThat(resealing.count(SecretBox.beginning(second))).isEqualTo(1);
    }

    @Test
    void awaitEarlierWriters_transactionThatSealedBefore_isWaitedFor() throws Exception {
        CountDownLatch wrote = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread writer = new Thread(() -> database.unitOfWork().run(() -> {
            Device device = devices.change(mac(1), existing -> device(mac(1)));
            wrote.countDown();
            await(go);
            return device;
        }));
        writer.start();
        await(wrote);
        box.change(second);
        AtomicBoolean waited = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            resealing.awaitEarlierWriters();
            waited.set(true);
        });
        waiting.start();
        waiting.join(200);
        assertThat(waited).isFalse();
        go.countDown();
        writer.join();
        waiting.join();

        assertThat(resealing.pass(SecretBox.beginning(second), count -> {}).resealed())
                .isPositive();
        box.forgetEarlier();
        assertThat(devices.findByMac(mac(1))).contains(device(mac(1)));
    }

    @Test
    void pass_besideWriters_losesNoChange() throws Exception {
        fill();
        box.change(second);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int round = 1; !done.get(); round++) {
                String text = "p" + round;
                devices.change(mac(3), existing -> withPassword(existing.orElseThrow(), text));
            }
        });
        writer.start();
        Resealing.Pass pass;
        do {
            pass = resealing.pass(SecretBox.beginning(second), count -> {});
        } while (pass.resealed() > 0);
        done.set(true);
        writer.join();
        box.forgetEarlier();

        assertThat(devices.findByMac(mac(3)).orElseThrow().lines().get(0).sipPassword())
                .startsWith("p");
        assertThat(resealing.count(SecretBox.beginning(second))).isZero();
    }

    private void fill() {
        database.unitOfWork().run(() -> {
            for (int number = 0; number < DEVICES; number++) {
                MacAddress mac = mac(number);
                devices.change(mac, existing -> device(mac));
            }
            return 0;
        });
        new JdbcLayerArchive(database, column).keep(Map.of("a.yaml", "text"), Instant.EPOCH);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MacAddress mac(int number) {
        return new MacAddress("000e08%06x".formatted(number));
    }

    private static Device withPassword(Device device, String password) {
        Line line = device.lines().get(0);
        Line changed =
                new Line(line.number(), null, null, line.sipUser(), null, password, line.sipDomain(), null, null);
        return new Device(
                device.mac(),
                device.model(),
                null,
                true,
                device.place(),
                device.settings(),
                List.of(changed),
                device.standing());
    }

    private static Device device(MacAddress mac) {
        DeviceKey current = new DeviceKey(mac.hex().repeat(6).substring(0, 64), directory(mac, 'a'));
        DeviceKey pending = new DeviceKey("0".repeat(64), directory(mac, 'b'));
        return new Device(
                mac,
                "SPA508G",
                null,
                true,
                Device.Place.DEFAULT,
                Map.of("Admin_Passwd", "own-" + mac),
                List.of(new Line(1, null, null, "u", null, "pw-" + mac, "sip.example.net", null, null)),
                new Device.Standing(
                        DeviceState.KEYED,
                        1,
                        null,
                        null,
                        new DeviceKeys(current, pending),
                        "seed-" + mac,
                        Device.Given.NOTHING,
                        null));
    }

    private static String directory(MacAddress mac, char first) {
        return first
                + mac.hex().replaceAll("[0-9]", "2").repeat(3).substring(0, 25)
                + (char) ('a' + Integer.parseInt(mac.hex().substring(9), 16) % 26)
                + (char) ('a' + Integer.parseInt(mac.hex().substring(9), 16) / 26);
    }
}
