package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.device.MacAddress;
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
import java.util.stream.IntStream;
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

    @Test
    void applied_oneOfManyItems_tellsOfThatItemAlone() {
        ServiceOrder order = take(IntStream.rangeClosed(1, 60)
                .mapToObj(
                        i -> new NewOrder.Item("n" + i, OrderAction.ADD, OrderWorld.line("0002fd%06x".formatted(i), 1)))
                .toList());
        world.fulfilment(reported).fulfil(order.id());
        told();

        world.fulfilment(reported).applied(new MacAddress("0002fd000007"), 1);

        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("title").asText())
                .containsExactly("Item n7 fetched", "Item n7 applied");
        JsonNode applied = events.get(1);
        JsonNode said = applied.at("/event/serviceOrder");
        assertThat(applied.path("fieldPath").asText()).isEqualTo("milestone");
        assertThat(said.path("milestone")).hasSize(1);
        assertThat(said.at("/milestone/0/name").asText()).isEqualTo("applied");
        assertThat(said.at("/milestone/0/serviceOrderItem/0/itemId").asText()).isEqualTo("n7");
        assertThat(said.path("serviceOrderItem")).hasSize(1);
        assertThat(said.at("/serviceOrderItem/0/id").asText()).isEqualTo("n7");
        assertThat(said.path("externalId").asText()).isEqualTo("CRM-1");
        assertThat(said.path("state").asText()).isEqualTo("inProgress");
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
        return events().stream().map(event -> event.path("title").asText()).toList();
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        Instant now = world.clock.instant();
        List<EventDelivery> next = outbox.claim("oss", now, now.plusSeconds(60), 10);
        while (!next.isEmpty()) {
            next.forEach(one -> events.add(OrderJson.kept(one.event().content())));
            outbox.delivered(next);
            next = outbox.claim("oss", now, now.plusSeconds(60), 10);
        }
        return events;
    }
}
