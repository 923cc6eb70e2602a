package dev.provhub.order;

import dev.provhub.SettableClock;
import dev.provhub.config.OrderMappingReader;
import dev.provhub.device.DeviceRepository;
import dev.provhub.order.api.OrderTermsDocument;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcCancelRepository;
import dev.provhub.store.JdbcDeviceClaims;
import dev.provhub.store.JdbcDeviceRepository;
import dev.provhub.store.JdbcOrderRepository;
import dev.provhub.store.ReversibleSecrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Everything that takes orders, on a real database, with the shipped mapping. */
public final class OrderWorld {
    public static final Path SHIPPED_MAPPING = Path.of("config/order-mapping.yaml");

    public OrderMapping mapping = OrderMappingReader.read(SHIPPED_MAPPING);
    public final Database database;
    public final JdbcDeviceRepository devices;
    public final JdbcOrderRepository orders;
    public final JdbcDeviceClaims claims;
    public final JdbcCancelRepository cancels;
    public final SettableClock clock = new SettableClock();

    public OrderWorld(Database database) {
        this.database = database;
        this.claims = new JdbcDeviceClaims(database);
        this.devices = new JdbcDeviceRepository(database, new ReversibleSecrets());
        this.cancels = new JdbcCancelRepository(database, new ReversibleSecrets());
        this.orders = new JdbcOrderRepository(database, new ReversibleSecrets(), OrderTermsDocument::read);
    }

    public OrderIntake intake() {
        return new OrderIntake(
                () -> mapping, new KnownModels(), claims, database.unitOfWork(), orders, OrderWorld::id, clock);
    }

    public Fulfilment fulfilment() {
        return fulfilment(devices);
    }

    public Fulfilment fulfilment(DeviceRepository on) {
        return fulfilment(on, CompleteWhen.APPLIED);
    }

    public Fulfilment fulfilment(DeviceRepository on, CompleteWhen complete) {
        return fulfilment(on, orders, complete, order -> cancellation().finished(order));
    }

    public Fulfilment fulfilment(OrderRepository kept) {
        return fulfilment(kept, order -> {});
    }

    public Fulfilment fulfilment(OrderRepository kept, Consumer<ServiceOrder> finished) {
        return fulfilment(devices, kept, CompleteWhen.APPLIED, finished);
    }

    private Fulfilment fulfilment(
            DeviceRepository on, OrderRepository kept, CompleteWhen complete, Consumer<ServiceOrder> finished) {
        return new Fulfilment(
                new KnownModels(), claims, database.unitOfWork(), on, kept, OrderWorld::id, complete, finished, clock);
    }

    public OrderCancellation cancellation() {
        return new OrderCancellation(
                new KnownModels(),
                database.unitOfWork(),
                orders,
                cancels,
                OrderEvents.NONE,
                devices,
                OrderWorld::id,
                OrderWorld::id,
                clock);
    }

    public OrderAmendments amendments() {
        return new OrderAmendments(
                () -> mapping, new KnownModels(), claims, database.unitOfWork(), orders, cancellation(), clock);
    }

    public BulkIntake bulk() {
        return bulk(devices);
    }

    public BulkIntake bulk(DeviceRepository on) {
        return new BulkIntake(
                () -> mapping,
                new KnownModels(),
                claims,
                database.unitOfWork(),
                on,
                orders,
                OrderWorld::id,
                () -> "seed-" + UUID.randomUUID(),
                clock);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** What an item that adds a line must say, and some of what it may; names and values in turn come on top. */
    public static Map<String, String> line(String mac, int number, String... more) {
        Map<String, String> named = new LinkedHashMap<>(Map.of(
                "macAddress",
                mac,
                "deviceModel",
                "SPA508G",
                "lineNumber",
                Integer.toString(number),
                "sipUser",
                "498912345" + number,
                "sipPassword",
                "Tq7-rosebud-41",
                "sipDomain",
                "sip.example.net"));
        for (int index = 0; index < more.length; index += 2) {
            named.put(more[index], more[index + 1]);
        }
        return named;
    }
}
