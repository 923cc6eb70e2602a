package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.OrderSettings;
import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.DeviceRepository;
import dev.provhub.fault.Faults;
import dev.provhub.ops.FaultsHealth;
import dev.provhub.ops.OrderEventsHealth;
import dev.provhub.order.CancelRepository;
import dev.provhub.order.Fulfilment;
import dev.provhub.order.ModelNames;
import dev.provhub.order.OrderAmendments;
import dev.provhub.order.OrderCancellation;
import dev.provhub.order.OrderIntake;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ReportedOrders;
import dev.provhub.order.api.CancelOrderApi;
import dev.provhub.order.api.EventHubApi;
import dev.provhub.order.api.InventoryApi;
import dev.provhub.order.api.OrderEventWriter;
import dev.provhub.order.api.OrderTermsDocument;
import dev.provhub.order.api.ServiceOrderApi;
import dev.provhub.order.event.CallbackRules;
import dev.provhub.order.event.EventDispatch;
import dev.provhub.order.event.EventOutbox;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.steps.EventConnections;
import dev.provhub.steps.EventPost;
import dev.provhub.steps.GivenUpEvents;
import dev.provhub.steps.LentConnections;
import dev.provhub.steps.OrderEventsStep;
import dev.provhub.steps.OrdersStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcCancelRepository;
import dev.provhub.store.JdbcDeviceClaims;
import dev.provhub.store.JdbcEventOutbox;
import dev.provhub.store.JdbcFaults;
import dev.provhub.store.JdbcFleetInventory;
import dev.provhub.store.JdbcOrderRepository;
import dev.provhub.store.SecretColumn;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

/** What the routes of orders and of their events stand on. */
final class HubOrders implements AutoCloseable {
    private final OrderSettings settings;
    private final boolean isPublished;
    private final Supplier<OrderMapping> mapping;
    private final Database database;
    private final URI api;
    private final Clock clock;
    private final Faults faults;
    private final EventOutbox outbox;
    private final OrderEventWriter events;
    private final OrderRepository orders;
    private final CancelRepository cancels;
    private final CallbackRules rules;
    private final EventPost post;
    private final EventDispatch dispatch;
    private final PoolingHttpClientConnectionManager connections;

    /** @param api base URL of the administration interface, which links begin with */
    HubOrders(
            HubConfig config,
            Supplier<OrderMapping> mapping,
            Database database,
            SecretColumn sealed,
            String api,
            Clock clock) {
        this.settings = config.orders();
        this.isPublished = config.publishing().completesOrders();
        this.mapping = mapping;
        this.database = database;
        this.api = URI.create(api);
        // What is told at once is what the database keeps, and that is microseconds
        this.clock = Clock.tick(clock, Duration.ofNanos(1000));
        this.faults = new JdbcFaults(database, sealed, () -> UUID.randomUUID().toString());
        this.outbox = new JdbcEventOutbox(database, sealed, new GivenUpEvents(faults, this.clock));
        this.events = new OrderEventWriter(outbox, this.api, mapping, this.clock);
        this.orders = new ReportedOrders(
                new JdbcOrderRepository(database, sealed, OrderTermsDocument::read), database.unitOfWork(), events);
        this.cancels = new JdbcCancelRepository(database, sealed);
        this.rules = new CallbackRules(settings.allowed());
        this.post = new EventPost(rules, api);
        this.dispatch = new EventDispatch(outbox, post, settings.giveUp(), this.clock);
        this.connections = EventConnections.of(rules);
        outbox.recover();
        listenByRoute();
    }

    private void listenByRoute() {
        boolean isThere = outbox.find(EventSubscription.ROUTE).isPresent();
        if (settings.toRoute() && !isThere) {
            outbox.subscribe(new EventSubscription(
                    EventSubscription.ROUTE, EventSubscription.ROUTE, "", null, this.clock.instant(), 0));
        } else if (!settings.toRoute() && isThere) {
            outbox.unsubscribe(EventSubscription.ROUTE);
        }
    }

    /** All orders, of which each change is told. */
    OrderRepository orders() {
        return orders;
    }

    /** What orders mean, passwords that are made here among it. */
    Supplier<OrderMapping> mapping() {
        return mapping;
    }

    /** Takes orders, whoever brings them. */
    OrderIntake intake(ModelNames models) {
        return new OrderIntake(
                        mapping,
                        models,
                        new JdbcDeviceClaims(database),
                        database.unitOfWork(),
                        orders,
                        () -> UUID.randomUUID().toString(),
                        clock)
                .ofAtMost(settings.mostItems());
    }

    /** By the names that routes use. */
    Map<String, Object> steps(ModelNames models, DeviceRepository devices, Supplier<String> seeds) {
        AuditLog audit = new JdbcAuditLog(database, clock);
        DeviceClaims claims = new JdbcDeviceClaims(database);
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        OrderCancellation cancellation = new OrderCancellation(
                models, database.unitOfWork(), orders, cancels, events, devices, ids, seeds, clock);
        OrderAmendments amendments = new OrderAmendments(
                        mapping, models, claims, database.unitOfWork(), orders, cancellation, clock)
                .ofAtMost(settings.mostItems());
        Fulfilment fulfilment = new Fulfilment(
                models,
                claims,
                database.unitOfWork(),
                devices,
                orders,
                seeds,
                settings.complete(),
                cancellation::finished,
                clock);
        if (isPublished) {
            fulfilment = fulfilment.whereFilesArePublished();
        }
        OrderIntake intake = intake(models).carryingOut(fulfilment::atOnce);
        ServiceOrderApi.Desk desk = new ServiceOrderApi.Desk(amendments, database.unitOfWork());
        return Map.of(
                "orders",
                new OrdersStep(
                        new OrdersStep.Interfaces(
                                accepted -> new ServiceOrderApi(intake, orders, desk, mapping, api, accepted),
                                new CancelOrderApi(cancellation, cancels, mapping, api),
                                new InventoryApi(new JdbcFleetInventory(database), mapping, api)),
                        fulfilment,
                        cancellation,
                        audit,
                        settings.patience()),
                "orderEvents",
                new OrderEventsStep(
                        new EventHubApi(outbox, rules, database.unitOfWork(), api, clock),
                        outbox,
                        dispatch,
                        audit,
                        clock),
                "orderEventsHealth",
                new OrderEventsHealth(outbox, clock),
                "faultsHealth",
                new FaultsHealth(faults),
                "eventPost",
                post,
                "eventConnections",
                new LentConnections(connections));
    }

    @Override
    public void close() {
        dispatch.close();
        connections.close();
    }
}
