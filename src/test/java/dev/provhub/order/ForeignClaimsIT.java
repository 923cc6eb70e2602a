package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.DeviceClaim;
import dev.provhub.device.MacAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant orders what another one claims. */
class ForeignClaimsIT {
    private static final String MAC = "000e08000001";

    @TempDir
    private Path folder;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(dev.provhub.store.Engine.H2.open(folder));
        world.claims.add(
                DeviceClaim.ofRange(MacAddress.parse("000e08000000"), MacAddress.parse("000e080000ff"), "north"),
                Instant.EPOCH);
        world.claims.add(DeviceClaim.ofSerial("CBT1", "north"), Instant.EPOCH);
    }

    @AfterEach
    void close() {
        world.database.close();
    }

    private static NewOrder order(String externalId, String mac, String... more) {
        return NewOrder.ofRow(externalId, OrderAction.ADD, Map.copyOf(OrderWorld.line(mac, 1, more)));
    }

    @Test
    void order_forAnotherTenant_isRefusedWithoutSayingWhose() {
        IntakeResult result = world.intake().accept(order("A-1", MAC, "tenant", "south"));

        assertThat(result).isInstanceOf(IntakeResult.Refused.class);
        assertThat(((IntakeResult.Refused) result).problems())
                .singleElement()
                .extracting(OrderProblem::message)
                .isEqualTo("macAddress '" + MAC + "' is not allowed: a device that is not claimed for another tenant");
        assertThat(world.orders.findByExternalId("A-1")).isEmpty();
        assertThat(world.devices.findByMac(MacAddress.parse(MAC))).isEmpty();
    }

    @Test
    void order_bySerialOfAnotherTenant_isRefused() {
        assertThat(world.intake().accept(order("A-1", "000e08010000", "tenant", "south", "serialNumber", "cbt1")))
                .isInstanceOf(IntakeResult.Refused.class);
    }

    @Test
    void order_forTheSameTenantOrForNoneOrAnUnclaimedDevice_isTaken() {
        assertThat(world.intake().accept(order("A-1", MAC, "tenant", "north")))
                .isInstanceOf(IntakeResult.Accepted.class);
        assertThat(world.intake().accept(order("A-2", "000e08000002"))).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(world.intake().accept(order("A-3", "000e08010000", "tenant", "south")))
                .isInstanceOf(IntakeResult.Accepted.class);
    }

    @Test
    void order_takenBeforeTheClaim_isKnownAgain() {
        NewOrder early = order("A-1", "000e08020000", "tenant", "south");
        assertThat(world.intake().accept(early)).isInstanceOf(IntakeResult.Accepted.class);
        world.claims.add(DeviceClaim.ofMac(MacAddress.parse("000e08020000"), "north"), Instant.EPOCH);

        assertThat(world.intake().accept(early)).isInstanceOf(IntakeResult.Repeated.class);
    }

    @Test
    void rows_eachAlone_foreignOnesFail() {
        List<NewOrder> rows = List.of(
                order("A-1", MAC, "tenant", "south"),
                order("A-2", "000e08000002", "tenant", "north"),
                order("A-3", "000e08010000", "tenant", "south"));

        List<BulkIntake.Outcome> outcomes = world.bulk().acceptAndFulfilAll(rows);
        List<BulkIntake.Outcome> dry = world.bulk().dryRun().acceptAndFulfilAll(rows.subList(0, 1));

        assertThat(outcomes).extracting(BulkIntake.Outcome::ok).containsExactly(false, true, true);
        assertThat(outcomes.get(0).reason())
                .contains(MAC, "not claimed for another tenant")
                .doesNotContain("north");
        assertThat(dry.get(0).ok()).isFalse();
        assertThat(world.devices.findByMac(MacAddress.parse(MAC))).isEmpty();
    }

    @Test
    void swap_toAUnitOfAnotherTenant_isRefusedThoughTheOrderNamesNoTenant() {
        String out = "000e08010000";
        world.bulk().acceptAndFulfilAll(List.of(order("A-1", out, "tenant", "south")));
        NewOrder swap = NewOrder.ofRow("A-2", OrderAction.MODIFY, Map.of("macAddress", MAC, "previousMacAddress", out));

        List<BulkIntake.Outcome> rows = world.bulk().acceptAndFulfilAll(List.of(swap));
        IntakeResult taken = world.intake().accept(swap);
        String id = ((IntakeResult.Accepted) taken).order().id();
        ServiceOrder order = world.fulfilment().fulfil(id).orElseThrow();

        String reason = "device " + MAC + " is claimed for another tenant";
        assertThat(rows.get(0).reason()).isEqualTo(reason);
        assertThat(order.state()).isEqualTo(OrderState.FAILED);
        assertThat(order.items().get(0).reason()).isEqualTo(reason);
        assertThat(world.devices.findByMac(MacAddress.parse(MAC))).isEmpty();
        assertThat(world.devices.findByMac(MacAddress.parse(out)).orElseThrow().lines())
                .hasSize(1);
    }

    @Test
    void swap_fromAUnitClaimedForAnotherTenant_isRefused() {
        NewOrder swap = NewOrder.ofRow(
                "A-1",
                OrderAction.MODIFY,
                Map.of("macAddress", "000e08010000", "previousMacAddress", MAC, "tenant", "south"));

        assertThat(world.intake().accept(swap)).isInstanceOf(IntakeResult.Refused.class);
    }

    @Test
    void whatIsWrittenAlongside_failing_takesTheOrderBack() {
        NewOrder order = order("A-1", "000e08010000", "tenant", "south");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> world.intake().accept(order, kept -> {
                            throw new IllegalStateException("no room in the log");
                        })))
                .hasMessage("no room in the log");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> world.bulk().acceptAndFulfilAll(List.of(order), outcomes -> {
                            throw new IllegalStateException("no room in the log");
                        })))
                .hasMessage("no room in the log");

        assertThat(world.orders.findByExternalId("A-1")).isEmpty();
        assertThat(world.devices.findByMac(MacAddress.parse("000e08010000"))).isEmpty();
    }
}
