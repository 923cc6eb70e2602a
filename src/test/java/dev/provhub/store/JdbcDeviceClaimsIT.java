package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceClaim;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.MacAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcDeviceClaimsIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final MacAddress FIRST = new MacAddress("000e08000000");
    private static final MacAddress MIDDLE = new MacAddress("000e08000080");
    private static final MacAddress LAST = new MacAddress("000e080000ff");
    private static final MacAddress BEHIND = new MacAddress("000e08000100");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private DeviceClaims claims;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        claims = new JdbcDeviceClaims(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void add(DeviceClaim claim) {
        assertThat(claims.add(claim, TEN)).isEqualTo(new DeviceClaims.Outcome(true, null));
    }

    private String refused(DeviceClaim claim) {
        DeviceClaims.Outcome outcome = claims.add(claim, TEN);
        assertThat(outcome.added()).isFalse();
        return String.valueOf(outcome.conflict());
    }

    @Test
    void of_macSerialAndRange_findsThemAll() {
        add(DeviceClaim.ofRange(FIRST, LAST, "north"));
        add(DeviceClaim.ofMac(MIDDLE, "north"));
        add(DeviceClaim.ofSerial("cbt1", "north"));

        assertThat(claims.of(MIDDLE, "Cbt1"))
                .extracting(kept -> kept.claim().kind())
                .containsExactly(DeviceClaim.Kind.RANGE, DeviceClaim.Kind.MAC, DeviceClaim.Kind.SERIAL);
        assertThat(claims.of(FIRST, null)).hasSize(1).first().satisfies(kept -> assertThat(kept.since())
                .isEqualTo(TEN));
        assertThat(claims.of(LAST, "CBT2")).hasSize(1);
        assertThat(claims.of(BEHIND, null)).isEmpty();
        assertThat(claims.of(BEHIND, "000E08000080")).isEmpty();
    }

    @Test
    void add_sameTenant_isAddedOrThereAlready() {
        add(DeviceClaim.ofMac(MIDDLE, "north"));
        add(DeviceClaim.ofRange(FIRST, LAST, "north"));

        assertThat(claims.add(DeviceClaim.ofMac(MIDDLE, "north"), TEN))
                .isEqualTo(new DeviceClaims.Outcome(false, null));
    }

    @Test
    void add_otherTenant_isRefusedWhereverTheyTouch() {
        add(DeviceClaim.ofRange(FIRST, LAST, "north"));
        add(DeviceClaim.ofSerial("CBT1", "north"));

        assertThat(refused(DeviceClaim.ofMac(LAST, "south")))
                .isEqualTo("range 000e08000000 to 000e080000ff is claimed for tenant north");
        assertThat(refused(DeviceClaim.ofRange(LAST, BEHIND, "south"))).contains("tenant north");
        assertThat(refused(DeviceClaim.ofRange(FIRST, LAST, "south"))).contains("tenant north");
        assertThat(refused(DeviceClaim.ofSerial("cbt1", "south"))).isEqualTo("serial CBT1 is claimed for tenant north");
        add(DeviceClaim.ofMac(BEHIND, "south"));
    }

    @Test
    void add_claimedDeviceOfAnotherTenant_isRefused() {
        new JdbcDeviceRepository(database, new ReversibleSecrets())
                .change(
                        MIDDLE,
                        none -> new Device(
                                MIDDLE,
                                "SPA504G",
                                "cbt7",
                                true,
                                new Device.Place("north", null, null),
                                Map.of(),
                                List.of(),
                                Device.Standing.first("seed")));

        assertThat(refused(DeviceClaim.ofRange(FIRST, LAST, "south")))
                .isEqualTo("device 000e08000080 is of tenant north");
        assertThat(refused(DeviceClaim.ofSerial("CBT7", "south"))).isEqualTo("device 000e08000080 is of tenant north");
        add(DeviceClaim.ofRange(FIRST, LAST, "north"));
    }

    @Test
    void list_goesOnBehindAnId() {
        add(DeviceClaim.ofMac(FIRST, "north"));
        add(DeviceClaim.ofMac(MIDDLE, "south"));
        add(DeviceClaim.ofMac(LAST, "north"));

        List<DeviceClaims.Kept> page = claims.list(null, 0, 2);
        assertThat(page).extracting(kept -> kept.claim().lowest()).containsExactly(FIRST.hex(), MIDDLE.hex());
        assertThat(claims.list(null, page.get(1).id(), 2)).hasSize(1);
        assertThat(claims.list("north", 0, 10)).hasSize(2);
    }

    @Test
    void remove_isDoneOnce() {
        add(DeviceClaim.ofRange(FIRST, LAST, "north"));

        assertThat(claims.remove(DeviceClaim.Kind.MAC, FIRST.hex(), FIRST.hex()))
                .isFalse();
        assertThat(claims.remove(DeviceClaim.Kind.RANGE, FIRST.hex(), LAST.hex()))
                .isTrue();
        assertThat(claims.remove(DeviceClaim.Kind.RANGE, FIRST.hex(), LAST.hex()))
                .isFalse();
        assertThat(claims.of(MIDDLE, null)).isEmpty();
    }
}
