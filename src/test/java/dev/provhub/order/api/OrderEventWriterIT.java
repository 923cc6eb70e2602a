package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.order.IntakeResult;
import dev.provhub.order.NewOrder;
import dev.provhub.order.OrderAction;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.OrderWorld;
import dev.provhub.order.ReportedOrders;
import dev.provhub.order.ServiceOrder;
import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcEventOutbox;
import dev.provhub.store.ReversibleSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderEventWriterIT {
    private static final String MAC = "0002fdff2103";

    @TempDir
    private Path folder;

    private OrderWorld world;
    private JdbcEventOutbox outbox;
    private OrderRepository reported;

    @BeforeEach
    void open() {
        world = new OrderWorld(Engine.H2.open(folder));
        outbox = new JdbcEventOutbox(world.database, new ReversibleSecrets(), givenUp -> {});
        outbox.subscribe(
                new EventSubscription("oss", "https://oss.example.net/events", "", null, world.clock.instant(), 0));
        reported = new ReportedOrders(
                world.orders,
                world.database.unitOfWork(),
                new OrderEventWriter(outbox, URI.create("https://hub.example.net/"), () -> world.mapping, world.clock));
    }

    @AfterEach
    void close() {
        world.database.close();
    }

    @Test
    void fulfil_manyItems_tellsOfThemTogether() {
        ServiceOrder order = take(items(120));

        world.fulfilment(reported).fulfil(order.id());

        assertThat(told()).hasSize(5).anySatisfy(title -> assertThat(title)
                .isEqualTo("Items n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 and 40 more configured"));
    }

    @Test
    void fulfil_oneItem_namesIt() {
        world.fulfilment(reported).fulfil(take(items(1)).id());

        assertThat(told()).containsExactly("Item n1 configured", "Service order completed");
    }

    private ServiceOrder take(List<NewOrder.Item> items) {
        IntakeResult taken = world.intake().accept(new NewOrder("CRM-1", null, items, ""));
        return ((IntakeResult.Accepted) taken).order();
    }

    private static List<NewOrder.Item> items(int number) {
        List<NewOrder.Item> items = new ArrayList<>();
        for (int item = 1; item <= number; item++) {
            items.add(new NewOrder.Item("n" + item, OrderAction.NO_CHANGE, Map.of("macAddress", MAC)));
        }
        return items;
    }

    private List<String> told() {
        List<String> titles = new ArrayList<>();
        Instant now = world.clock.instant();
        List<EventDelivery> next = outbox.claim("oss", now, now.plusSeconds(60), 10);
        while (!next.isEmpty()) {
            next.forEach(one -> titles.add(
                    OrderJson.kept(one.event().content()).path("title").asText()));
            outbox.delivered(next);
            next = outbox.claim("oss", now, now.plusSeconds(60), 10);
        }
        return titles;
    }
}
