package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.StoreBusyException;
import dev.provhub.order.IntakeResult;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderState;
import dev.provhub.order.OrderWorld;
import dev.provhub.order.ServiceOrder;
import dev.provhub.store.Database;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's transaction holds what an order needs. */
class BusyStoreIT {
    private static final String MAC = "0002fdff2103";

    @TempDir
    private Path folder;

    private OrderWorld world;
    private Connection other;

    @BeforeEach
    void open() throws SQLException {
        world = new OrderWorld(Database.open("jdbc:h2:" + folder.resolve("hub") + ";LOCK_TIMEOUT=200", "hub", ""));
        other = world.database.dataSource().getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        world.database.close();
    }

    private void hold(String sql) {
        try {
            other.createStatement().execute(sql + " for update");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void letGo() {
        try {
            other.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServiceOrder taken(String externalId) {
        return ((IntakeResult.Accepted) world.intake().accept(order(externalId))).order();
    }

    private static NewOrder order(String externalId) {
        return new NewOrder(
                externalId,
                null,
                List.of(new NewOrder.Item("1", OrderAction.ADD, OrderWorld.line(MAC, 1, "displayName", externalId))),
                "");
    }

    private ServiceOrderApi api(List<String> accepted) {
        return new ServiceOrderApi(
                world.intake().carryingOut(world.fulfilment()::atOnce),
                world.orders,
                new ServiceOrderApi.Desk(world.amendments(), world.database.unitOfWork()),
                () -> world.mapping,
                URI.create("https://hub.example.net"),
                accepted::add);
    }

    @Test
    void lockThatIsLetGoInTime_isHadByTheSecondAttempt() {
        ServiceOrder order = taken("A");
        hold("select * from service_order");
        AtomicInteger attempts = new AtomicInteger();

        ServiceOrder done = world.database.unitOfWork().run(() -> {
            if (attempts.incrementAndGet() == 2) {
                letGo();
            }
            return world.fulfilment().fulfil(order.id()).orElseThrow();
        });

        assertThat(attempts).hasValue(2);
        assertThat(done.state()).isEqualTo(OrderState.IN_PROGRESS);
    }

    @Test
    void lockThatIsNotLetGo_isSaidAfterTwoAttempts() {
        ServiceOrder order = taken("A");
        hold("select * from service_order");
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> world.database.unitOfWork().run(() -> {
                    attempts.incrementAndGet();
                    return world.fulfilment().fulfil(order.id());
                }))
                .isInstanceOf(StoreBusyException.class)
                .hasMessageNotContaining("4989");
        assertThat(attempts).hasValue(2);

        byte[] patch = "{\"description\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        ApiAnswer busy = api(new ArrayList<>()).patch(order.id(), patch, () -> {});
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.headers()).containsEntry("Retry-After", "10");
        assertThat(new String(busy.body(), StandardCharsets.UTF_8))
                .contains("\"code\":\"unavailable\"", "another change is under way; try again later");
        letGo();
        assertThat(api(new ArrayList<>()).patch(order.id(), patch, () -> {}).status())
                .isEqualTo(200);
    }

    @Test
    void newOrderForADeviceThatIsHeld_isTakenAndCarriedOutLater() {
        world.fulfilment().fulfil(taken("A").id());
        hold("select * from device");
        List<String> accepted = new ArrayList<>();
        String item = """
                {"externalId":"B","serviceOrderItem":[{"id":"1","action":"modify","service":{"serviceCharacteristic":[
                  {"name":"macAddress","value":"%s"},{"name":"displayName","value":"later"}]}}]}""".formatted(MAC);

        ApiAnswer answer = api(accepted).create(item.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"state\":\"acknowledged\"");
        assertThat(accepted).as("nobody waits for it").isEmpty();
        letGo();
        assertThat(world.fulfilment().resume()).isEqualTo(1);
        assertThat(world.orders.findByExternalId("B").orElseThrow().state()).isEqualTo(OrderState.IN_PROGRESS);
    }
}
