package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceRepository.Change;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.device.StoreException;
import dev.provhub.store.DatabaseText;
import dev.provhub.store.Engine;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Intake and fulfilment on both databases. */
@ParameterizedClass
@EnumSource(Engine.class)
class FulfilmentIT {
    private static final String MAC = "0002fdff2103";
    private static final String OTHER = "0002fdff2104";

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(engine.open(folder));
    }

    @AfterEach
    void close() {
        world.database.close();
    }

    @Test
    void accept_newOrder_isKeptAcknowledgedAndSealed() {
        ServiceOrder order = accept("CRM-1", add(1));
        assertThat(order.state()).isEqualTo(OrderState.ACKNOWLEDGED);
        assertThat(world.orders.find(order.id())).contains(order);
        assertThat(world.devices.findByMac(new MacAddress(MAC))).isEmpty();
        assertThat(DatabaseText.of(world.database)).contains("CRM-1").doesNotContain("rosebud");
    }

    @Test
    void accept_sameExternalId_isRepeatOrConflict() {
        ServiceOrder first = accept("CRM-1", add(1));
        assertThat(world.intake().accept(order("CRM-1", add(1)))).isEqualTo(new IntakeResult.Repeated(first));
        assertThat(world.intake().accept(order("CRM-1", add(2)))).isEqualTo(new IntakeResult.Conflict(first));
        NewOrder otherPassword =
                order("CRM-1", item("1", OrderAction.ADD, OrderWorld.line(MAC, 1, "sipPassword", "other")));
        assertThat(world.intake().accept(otherPassword)).isInstanceOf(IntakeResult.Conflict.class);
        assertThat(world.orders.count(new OrderRepository.Filter(null, null))).isEqualTo(1);
    }

    @Test
    void accept_sameOrderAtOnce_isAcceptedOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Callable<IntakeResult> send = () -> world.intake().accept(order("CRM-1", add(1)));
        List<IntakeResult> results = new ArrayList<>();
        for (Future<IntakeResult> result : pool.invokeAll(List.of(send, send, send, send))) {
            results.add(result.get());
        }
        pool.shutdown();
        assertThat(results).filteredOn(IntakeResult.Accepted.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(IntakeResult.Repeated.class::isInstance).hasSize(3);
    }

    @Test
    void accept_badItemAmongTwo_refusesTheWholeOrder() {
        IntakeResult result = world.intake()
                .accept(order(
                        "CRM-1", add(1), item("2", OrderAction.ADD, OrderWorld.line(MAC, 2, "sipTransport", "SCTP"))));
        assertThat(result)
                .isEqualTo(new IntakeResult.Refused(
                        List.of(new OrderProblem("serviceOrderItem[1].sipTransport", "SCTP", "UDP, TCP or TLS"))));
        assertThat(DatabaseText.of(world.database)).isEmpty();
    }

    @Test
    void fulfil_twoLines_makesTheDevice() {
        ServiceOrder order = accept("CRM-1", add(1), add(2, "plan", "office", "timeZone", "Europe/Berlin"));
        ServiceOrder done = world.fulfilment().fulfil(order.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(done.items()).extracting(OrderItem::revision).containsExactly(1L, 2L);
        assertThat(world.orders.find(order.id())).contains(done);
        Device device = device();
        assertThat(device.claimed()).isTrue();
        assertThat(device.model()).isEqualTo("SPA508G");
        assertThat(device.place()).isEqualTo(new Device.Place(null, "office", "Europe/Berlin"));
        assertThat(device.lines()).extracting(Line::sipUser).containsExactly("4989123451", "4989123452");
        assertThat(device.standing().state()).isEqualTo(DeviceState.NEW);
        assertThat(device.standing().seed()).isNotBlank();
    }

    @Test
    void fulfil_again_changesNothing() {
        ServiceOrder order = accept("CRM-1", add(1));
        ServiceOrder done = world.fulfilment().fulfil(order.id()).orElseThrow();
        assertThat(world.fulfilment().fulfil(order.id())).contains(done);
        assertThat(device().standing().revision()).isEqualTo(1);
        assertThat(world.fulfilment().fulfil("nobody")).isEmpty();
    }

    @Test
    void fulfil_whatIsAlreadySoOnTheDevice_isCompletedAtOnce() {
        fulfil("CRM-1", add(1));
        applied("1.9f3a0c12d1");
        ServiceOrder second = fulfil("CRM-2", add(1));
        assertThat(second.state()).isEqualTo(OrderState.COMPLETED);
        assertThat(second.completed()).isEqualTo(world.clock.instant());
        assertThat(device().standing().revision()).isEqualTo(1);
    }

    @Test
    void fulfil_whatIsAlreadySoInTheHubAlone_waitsForTheDevice() {
        ServiceOrder first = fulfil("CRM-1", add(1), add(2));
        applied("2.9f3a0c12d1");
        ServiceOrder suspended = fulfil("CRM-2", modify("serviceState", "inactive"));
        ServiceOrder again = fulfil("CRM-3", modify("serviceState", "inactive"));
        ServiceOrder deleted = fulfil("CRM-4", delete(2));
        ServiceOrder deletedAgain = fulfil("CRM-5", delete(2));
        ServiceOrder atOnce = acceptedAtOnce(order("CRM-6", modify("serviceState", "inactive")));

        assertThat(List.of(suspended, again, deleted, deletedAgain))
                .extracting(ServiceOrder::state)
                .containsOnly(OrderState.IN_PROGRESS);
        assertThat(device().standing().revision()).isEqualTo(4);
        assertThat(again.items().get(0).revision()).isEqualTo(3);
        List<String> completed = new ArrayList<>();
        world.fulfilment(world.orders, order -> completed.add(String.valueOf(order.externalId())))
                .applied(new MacAddress(MAC), 4);

        assertThat(completed).containsExactly("CRM-1", "CRM-2", "CRM-3", "CRM-4", "CRM-5", "CRM-6");
        assertThat(world.orders.find(first.id()).orElseThrow().state()).isEqualTo(OrderState.COMPLETED);
        assertThat(world.orders.find(atOnce.id()).orElseThrow().state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void fulfil_whatIsAlreadySoAndGiven_isCompletedWhereFetchedIsEnough() {
        fulfil("CRM-1", add(1));
        world.devices.change(
                new MacAddress(MAC),
                Change.ofExisting(
                        new MacAddress(MAC),
                        device -> device.withStanding(
                                device.standing().with(new Device.Given("1.9f3a0c12d1", null, null)))));
        ServiceOrder waiting = accept("CRM-2", add(1));
        assertThat(world.fulfilment().fulfil(waiting.id()).orElseThrow().state())
                .isEqualTo(OrderState.IN_PROGRESS);
        ServiceOrder fetched = accept("CRM-3", add(1));
        assertThat(world.fulfilment(world.devices, CompleteWhen.FETCHED)
                        .fulfil(fetched.id())
                        .orElseThrow()
                        .state())
                .isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void fulfil_whatIsAlreadySoWherePublishingCompletes_waitsForOrdersAlone() {
        Fulfilment publishing = world.fulfilment().whereFilesArePublished();
        fulfil("CRM-1", add(1));
        ServiceOrder again = publishing.fulfil(accept("CRM-2", add(1)).id()).orElseThrow();
        assertThat(again.state()).isEqualTo(OrderState.IN_PROGRESS);
        publishing.applied(new MacAddress(MAC), 1);
        ServiceOrder later = publishing.fulfil(accept("CRM-3", add(1)).id()).orElseThrow();
        assertThat(later.state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void fulfil_deleteThatDoesNotSayWhichOfSeveralLines_fails() {
        fulfil("CRM-1", add(1), add(3));
        NewOrder.Item whichever = item("1", OrderAction.DELETE, Map.of("macAddress", MAC));
        ServiceOrder order = fulfil("CRM-2", whichever);
        assertThat(order.state()).isEqualTo(OrderState.FAILED);
        assertThat(order.items().get(0).reason())
                .isEqualTo("device 0002fdff2103 has line 1, 3: the item must say by lineNumber which one goes");
        fulfil("CRM-3", delete(3));
        ServiceOrder only = fulfil("CRM-4", whichever);
        assertThat(device().lines()).isEmpty();
        assertThat(world.orders.find(only.id())).contains(only);
        assertThat(only.items().get(0).line().shown()).containsEntry(OrderField.LINE_NUMBER, "1");
    }

    @Test
    void fulfil_addOfAnotherLineWithAnotherModel_failsTheItem() {
        fulfil("CRM-1", add(1));
        ServiceOrder order = fulfil("CRM-2", add(2, "deviceModel", "SPA112"));
        assertThat(order.state()).isEqualTo(OrderState.FAILED);
        assertThat(order.items().get(0).reason())
                .isEqualTo("device 0002fdff2103 is a SPA508G: an item that adds a line cannot make it a SPA112;"
                        + " modify the device, or swap it for another one");
        assertThat(device().model()).isEqualTo("SPA508G");
        assertThat(device().lines()).hasSize(1);
        assertThat(fulfil("CRM-3", modify("deviceModel", "SPA112")).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device().model()).isEqualTo("SPA112");
    }

    @Test
    void fulfil_diesAfterTheDeviceChanged_isAsIfItHadNotBegun() {
        ServiceOrder order = accept("CRM-1", add(1));
        FailingDevices failing = new FailingDevices(world.devices, 1);
        assertThatThrownBy(() -> world.fulfilment(failing).fulfil(order.id())).hasMessage("power cut");
        assertThat(world.devices.findByMac(new MacAddress(MAC))).isEmpty();
        assertThat(world.orders.find(order.id())).contains(order);

        assertThat(world.fulfilment().resume()).isEqualTo(1);
        assertThat(world.fulfilment().resume()).isZero();
        assertThat(world.orders.find(order.id()).orElseThrow().state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device().standing().revision()).isEqualTo(1);
    }

    @Test
    void fulfil_diesBetweenTwoItems_resumesWithBoth() {
        ServiceOrder order = accept("CRM-1", add(1), add(2));
        assertThatThrownBy(() ->
                        world.fulfilment(new FailingDevices(world.devices, 2)).fulfil(order.id()))
                .hasMessage("power cut");
        assertThat(world.devices.findByMac(new MacAddress(MAC))).isEmpty();
        assertThat(world.orders.find(order.id())).contains(order);
        assertThat(world.orders.waiting(world.clock.instant(), 10)).containsExactly(order.id());

        world.fulfilment().resume();
        assertThat(device().lines()).hasSize(2);
        assertThat(device().standing().revision()).isEqualTo(2);
    }

    @Test
    void fulfil_diesAmongManyItems_keepsWhatWasDoneBefore() {
        ServiceOrder order = accept("CRM-1", changes(120));
        assertThatThrownBy(() ->
                        world.fulfilment(new FailingDevices(world.devices, 70)).fulfil(order.id()))
                .hasMessage("power cut");
        ServiceOrder half = world.orders.find(order.id()).orElseThrow();
        assertThat(half.state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device().standing().revision()).isEqualTo(50);

        world.fulfilment().resume();
        assertThat(device().standing().revision()).isEqualTo(120);
        assertThat(device().line(1).orElseThrow().displayName()).isEqualTo("n120");
    }

    @Test
    void fulfil_manyItems_readsAndWritesTheOrderSeldom() {
        List<ServiceOrder> told = new ArrayList<>();
        OrderRepository counting = reportedTo(told::add);
        ServiceOrder order = accept("CRM-1", changes(120));

        ServiceOrder done = world.fulfilment(counting).fulfil(order.id()).orElseThrow();

        assertThat(told).hasSize(3);
        assertThat(done.items())
                .extracting(OrderItem::revision)
                .startsWith(1L, 2L, 3L)
                .endsWith(119L, 120L);
    }

    @Test
    void fulfil_largeOrder_letsAnotherOrderAndAChangeThrough() throws Exception {
        ServiceOrder large = accept("CRM-1", changes(120));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<ServiceOrder> first =
                pool.submit(() -> world.fulfilment().fulfil(large.id()).orElseThrow());
        Future<ServiceOrder> second = pool.submit(() -> fulfil("CRM-2", modify("displayName", "last")));
        world.amendments()
                .amend(
                        large.id(),
                        is -> new Amendment(is.externalId(), null, null, "{\"description\":\"x\"}", null),
                        () -> {});

        assertThat(first.get().state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(second.get().state()).isEqualTo(OrderState.IN_PROGRESS);
        pool.shutdown();
        assertThat(world.orders.find(large.id()).orElseThrow().details()).contains("description");
        assertThat(device().line(1).orElseThrow().displayName()).isEqualTo("last");
        assertThat(device().standing().revision()).isEqualTo(121);
    }

    @Test
    void fulfil_behindALargeOrderThatIsBeingCarriedOut_isPendingAtOnceAndDoneAfterIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ServiceOrder large = accept("CRM-1", changes(120));
        OrderRepository stopping = reportedTo(after -> {
            if (after.id().equals(large.id())) {
                begun.countDown();
                await(goOn);
            }
        });
        List<String> changed = Collections.synchronizedList(new ArrayList<>());
        OrderRepository noting = (OrderRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {OrderRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("change")) {
                        changed.add((String) arguments[0]);
                    }
                    return method.invoke(stopping, arguments);
                });
        Fulfilment fulfilment = world.fulfilment(noting);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<ServiceOrder> first =
                pool.submit(() -> fulfilment.fulfil(large.id()).orElseThrow());
        await(begun);
        ServiceOrder next = accept("CRM-2", modify("displayName", "last"));

        assertThat(fulfilment.fulfil(next.id()).orElseThrow().items())
                .extracting(OrderItem::state)
                .containsExactly(OrderState.PENDING);

        assertThat(changed).as("it does not wait for the other's lock").containsExactly(large.id(), next.id());
        goOn.countDown();
        first.get();
        pool.shutdown();
        assertThat(world.orders.find(next.id()).orElseThrow().state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device().line(1).orElseThrow().displayName()).isEqualTo("last");
    }

    /** The world's orders, of which each change is told inside its transaction. */
    private OrderRepository reportedTo(Consumer<ServiceOrder> changed) {
        return new ReportedOrders(world.orders, world.database.unitOfWork(), new OrderEvents() {
            @Override
            public void changed(ServiceOrder before, ServiceOrder after) {
                changed.accept(after);
            }

            @Override
            public void deleted(ServiceOrder order) {}

            @Override
            public void cancelling(CancelTask before, CancelTask after) {}
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fulfil_twoOrdersOfTheSameDevicesInOppositeOrder_neitherWaitsForEver() throws Exception {
        List<NewOrder.Item> items = new ArrayList<>();
        for (int number = 10; number < 70; number++) {
            String mac = "0002fdff21" + number;
            items.add(item(mac, OrderAction.ADD, OrderWorld.line(mac, 1)));
        }
        ServiceOrder there = accept("CRM-1", items.toArray(NewOrder.Item[]::new));
        Collections.reverse(items);
        ServiceOrder back = accept("CRM-2", items.toArray(NewOrder.Item[]::new));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<ServiceOrder> first =
                pool.submit(() -> world.fulfilment().fulfil(there.id()).orElseThrow());
        Future<ServiceOrder> second =
                pool.submit(() -> world.fulfilment().fulfil(back.id()).orElseThrow());
        first.get();
        second.get();
        pool.shutdown();
        world.fulfilment().resume();

        assertThat(List.of(there, back))
                .extracting(order -> world.orders.find(order.id()).orElseThrow().state())
                .containsOnly(OrderState.IN_PROGRESS);
    }

    @Test
    void resume_orderThatCannotBeCarriedOut_doesNotStopTheOthers() {
        ServiceOrder bad = accept("CRM-1", add(1));
        ServiceOrder good = accept("CRM-2", item("1", OrderAction.ADD, OrderWorld.line(OTHER, 1)));

        world.fulfilment(new FailingDevices(world.devices, 1)).resume();

        assertThat(world.orders.find(bad.id()).orElseThrow().state()).isEqualTo(OrderState.ACKNOWLEDGED);
        assertThat(world.orders.find(good.id()).orElseThrow().state()).isEqualTo(OrderState.IN_PROGRESS);
    }

    @Test
    void fulfil_behindAnOrderThatCannotBeCarriedOut_waitsForIt() {
        accept("CRM-1", add(1));
        ServiceOrder second = accept("CRM-2", add(2));

        ServiceOrder after = world.fulfilment(new FailingDevices(world.devices, 1))
                .fulfil(second.id())
                .orElseThrow();

        assertThat(after.state()).isEqualTo(OrderState.PENDING);
        world.fulfilment().resume();
        assertThat(device().lines()).hasSize(2);
    }

    @Test
    void applied_aLaterRevision_completesInTheOrderInWhichItWasCarriedOut() {
        List<String> completed = new ArrayList<>();
        ServiceOrder later = accept("CRM-0", modify("displayName", "later"));
        world.amendments().amend(later.id(), is -> new Amendment("CRM-0", null, null, "", OrderState.HELD), () -> {});
        for (int number = 1; number <= 6; number++) {
            accept("CRM-" + number, item("1", OrderAction.ADD, OrderWorld.line(MAC, number)));
        }
        world.amendments()
                .amend(later.id(), is -> new Amendment("CRM-0", null, null, "", OrderState.CANCELLED), () -> {});
        world.fulfilment().resume();

        world.fulfilment(world.orders, order -> completed.add(String.valueOf(order.externalId())))
                .applied(new MacAddress(MAC), 6);

        assertThat(completed).containsExactly("CRM-1", "CRM-2", "CRM-3", "CRM-4", "CRM-5", "CRM-6");
    }

    @Test
    void fulfil_orderedForLater_waitsForItsTime() {
        Instant start = world.clock.instant().plus(Duration.ofHours(1));
        NewOrder later = new NewOrder("CRM-1", start, List.of(add(1)), "");
        world.intake().accept(later);
        assertThat(world.fulfilment().resume()).isZero();
        world.clock.forward(Duration.ofHours(1));
        assertThat(world.fulfilment().resume()).isEqualTo(1);
        assertThat(device().lines()).hasSize(1);
    }

    @Test
    void applied_revisions_completeWhatWaitedForThem() {
        ServiceOrder order = fulfil("CRM-1", add(1), add(2));
        Fulfilment fulfilment = world.fulfilment();
        fulfilment.applied(new MacAddress(MAC), 0);
        fulfilment.applied(new MacAddress("0002fdff2104"), 9);
        assertThat(world.orders.find(order.id())).contains(order);

        fulfilment.applied(new MacAddress(MAC), 1);
        ServiceOrder half = world.orders.find(order.id()).orElseThrow();
        assertThat(half.items())
                .extracting(OrderItem::state)
                .containsExactly(OrderState.COMPLETED, OrderState.IN_PROGRESS);
        assertThat(half.state()).isEqualTo(OrderState.IN_PROGRESS);

        world.clock.forward(Duration.ofMinutes(1));
        fulfilment.applied(new MacAddress(MAC), 5);
        fulfilment.applied(new MacAddress(MAC), 5);
        ServiceOrder whole = world.orders.find(order.id()).orElseThrow();
        assertThat(whole.state()).isEqualTo(OrderState.COMPLETED);
        assertThat(whole.completed()).isEqualTo(world.clock.instant());
    }

    @Test
    void fulfil_modify_changesOnlyWhatIsTold() {
        fulfil("CRM-1", add(1, "displayName", "Front desk", "sipProxy", "proxy:5061"));
        fulfil("CRM-2", item("1", OrderAction.MODIFY, Map.of("macAddress", MAC, "displayName", "Back office")));
        Line line = device().line(1).orElseThrow();
        assertThat(line.displayName()).isEqualTo("Back office");
        assertThat(line.sipProxy()).isEqualTo("proxy:5061");
        assertThat(line.sipPassword()).isEqualTo("Tq7-rosebud-41");
        assertThat(device().standing().revision()).isEqualTo(2);
    }

    @Test
    void fulfil_modifyOfNothing_failsWithAReason() {
        NewOrder.Item modify = item("1", OrderAction.MODIFY, Map.of("macAddress", MAC, "displayName", "x"));
        ServiceOrder noDevice = fulfil("CRM-1", modify);
        assertThat(noDevice.state()).isEqualTo(OrderState.FAILED);
        assertThat(noDevice.items().get(0).reason()).isEqualTo("there is no device 0002fdff2103");
        fulfil("CRM-2", add(2));
        ServiceOrder noLine = fulfil("CRM-3", modify, add(3));
        assertThat(noLine.items().get(0).reason()).isEqualTo("device 0002fdff2103 has no line 1");
        assertThat(noLine.state()).isEqualTo(OrderState.IN_PROGRESS);
        world.fulfilment().applied(new MacAddress(MAC), 9);
        assertThat(world.orders.find(noLine.id()).orElseThrow().state()).isEqualTo(OrderState.PARTIAL);
    }

    @Test
    void fulfil_deleteOfTheLastLine_unclaimsButKeepsTheDevice() {
        fulfil("CRM-1", add(1), add(2));
        DeviceKey key = new DeviceKey("ab".repeat(32), "abcdefghijklmnopqrstuvwxyz");
        world.devices.change(new MacAddress(MAC), Change.ofExisting(new MacAddress(MAC), device -> keyed(device, key)));
        assertThat(fulfil("CRM-2", delete(1)).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device().claimed()).isTrue();
        ServiceOrder last = fulfil("CRM-3", delete(2));
        assertThat(last.items().get(0).revision()).isEqualTo(4);
        assertThat(device().claimed()).isFalse();
        assertThat(device().lines()).isEmpty();
        assertThat(device().standing().keys().current()).isEqualTo(key);
        assertThat(fulfil("CRM-4", delete(2)).state()).isEqualTo(OrderState.IN_PROGRESS);
        applied("4.9f3a0c12d1");
        assertThat(fulfil("CRM-5", delete(2)).state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void fulfil_deleteOnADeviceThatNeverCame_isCompletedAtOnce() {
        fulfil("CRM-1", add(1));
        assertThat(fulfil("CRM-2", delete(1)).state()).isEqualTo(OrderState.COMPLETED);
        ServiceOrder unknown = fulfil("CRM-3", item("1", OrderAction.DELETE, Map.of("macAddress", "0002fdff9999")));
        assertThat(unknown.state()).isEqualTo(OrderState.COMPLETED);
        assertThat(world.devices.findByMac(new MacAddress("0002fdff9999"))).isEmpty();
    }

    @Test
    void fulfil_modelWithFewerLinesThanTheDeviceHas_failsTheItem() {
        fulfil("CRM-1", add(8));
        ServiceOrder order =
                fulfil("CRM-2", item("1", OrderAction.MODIFY, Map.of("macAddress", MAC, "deviceModel", "SPA112")));
        assertThat(order.state()).isEqualTo(OrderState.FAILED);
        assertThat(order.items().get(0).reason()).isEqualTo("line 8 of device 0002fdff2103: SPA112 has 2 lines");
        assertThat(device().model()).isEqualTo("SPA508G");
    }

    @Test
    void fulfil_manyOrdersOfOneDeviceAtOnce_loseNothing() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Callable<ServiceOrder>> orders = new ArrayList<>();
        for (int line = 1; line <= 8; line++) {
            String id = accept("CRM-" + line, add(line)).id();
            orders.add(() -> world.fulfilment().fulfil(id).orElseThrow());
            orders.add(() -> world.fulfilment().fulfil(id).orElseThrow());
        }
        for (Future<ServiceOrder> done : pool.invokeAll(orders)) {
            assertThat(done.get().state()).isEqualTo(OrderState.IN_PROGRESS);
        }
        pool.shutdown();
        assertThat(device().lines()).hasSize(8);
        assertThat(device().standing().revision()).isEqualTo(8);
    }

    @Test
    void accept_carryingOut_isDoneInOneTransactionAndToldAsTaken() {
        ServiceOrder taken = acceptedAtOnce(order("CRM-1", add(1)));

        assertThat(taken.state()).isEqualTo(OrderState.ACKNOWLEDGED);
        ServiceOrder kept = world.orders.find(taken.id()).orElseThrow();
        assertThat(kept.state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(kept.items().get(0).revision()).isEqualTo(1);
        assertThat(device().lines()).hasSize(1);
        assertThat(world.fulfilment().resume()).isZero();
    }

    @Test
    void accept_carryingOutBehindAnOpenOrderOrWithTwoItems_isKeptFirst() {
        accept("CRM-1", add(1));
        ServiceOrder second = acceptedAtOnce(order("CRM-2", add(2)));
        ServiceOrder third =
                acceptedAtOnce(order("CRM-3", add(3), item("2", OrderAction.ADD, OrderWorld.line(OTHER, 1))));

        assertThat(world.devices.findByMac(new MacAddress(MAC))).isEmpty();
        assertThat(world.orders.find(third.id()).orElseThrow().state()).isEqualTo(OrderState.ACKNOWLEDGED);
        world.fulfilment().fulfil(second.id());
        assertThat(device().lines()).extracting(Line::number).contains(1, 2);
    }

    @Test
    void accept_carryingOutWhileAnotherTakesTheExternalId_leavesTheDeviceAsItWas() {
        OrderIntake racing = world.intake().carryingOut(taken -> {
            ServiceOrder done = world.fulfilment().atOnce(taken);
            Thread other = new Thread(() -> accept("CRM-1", item("1", OrderAction.ADD, OrderWorld.line(OTHER, 1))));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return done;
        });

        assertThat(racing.accept(order("CRM-1", add(1)))).isInstanceOf(IntakeResult.Conflict.class);
        assertThat(world.devices.findByMac(new MacAddress(MAC))).isEmpty();
    }

    @Test
    void accept_carryingOutOnABrokenDeviceTable_keepsTheOrderAlone() {
        OrderIntake breaking = world.intake().carryingOut(taken -> {
            throw new StoreException("no such column", null);
        });

        IntakeResult result = breaking.accept(order("CRM-1", add(1)));

        ServiceOrder taken = ((IntakeResult.Accepted) result).order();
        assertThat(world.orders.find(taken.id())).contains(taken);
    }

    private ServiceOrder acceptedAtOnce(NewOrder order) {
        return ((IntakeResult.Accepted)
                        world.intake().carryingOut(world.fulfilment()::atOnce).accept(order))
                .order();
    }

    @Test
    void list_filtersAndPages_oldestFirst() {
        for (int number = 1; number <= 5; number++) {
            accept("CRM-" + number, add(1), add(2));
        }
        OrderRepository.Filter all = new OrderRepository.Filter(null, null);
        assertThat(world.orders.list(all, 1, 2))
                .extracting(ServiceOrder::externalId)
                .containsExactly("CRM-2", "CRM-3");
        assertThat(world.orders.list(all, 1, 2))
                .allSatisfy(order -> assertThat(order.items()).hasSize(2));
        assertThat(world.orders.count(all)).isEqualTo(5);
        assertThat(world.orders.list(new OrderRepository.Filter("CRM-4", OrderState.ACKNOWLEDGED), 0, 10))
                .hasSize(1);
        assertThat(world.orders.list(new OrderRepository.Filter(null, OrderState.FAILED), 0, 10))
                .isEmpty();
    }

    private ServiceOrder accept(String externalId, NewOrder.Item... items) {
        IntakeResult result = world.intake().accept(order(externalId, items));
        assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
        return ((IntakeResult.Accepted) result).order();
    }

    private ServiceOrder fulfil(String externalId, NewOrder.Item... items) {
        return world.fulfilment().fulfil(accept(externalId, items).id()).orElseThrow();
    }

    private void applied(String revision) {
        MacAddress mac = new MacAddress(MAC);
        world.devices.change(
                mac,
                Change.ofExisting(
                        mac,
                        device -> device.withStanding(device.standing()
                                .secured(revision, null, device.standing().keys()))));
    }

    private Device device() {
        return world.devices.findByMac(new MacAddress(MAC)).orElseThrow();
    }

    private static NewOrder order(String externalId, NewOrder.Item... items) {
        return new NewOrder(externalId, null, List.of(items), "");
    }

    private static NewOrder.Item add(int line, String... more) {
        return item(Integer.toString(line), OrderAction.ADD, OrderWorld.line(MAC, line, more));
    }

    private static NewOrder.Item modify(String name, String value) {
        return item("1", OrderAction.MODIFY, Map.of("macAddress", MAC, name, value));
    }

    /** Adds line 1, and then gives it one name after the other. */
    private static NewOrder.Item[] changes(int items) {
        NewOrder.Item[] all = new NewOrder.Item[items];
        all[0] = add(1);
        for (int index = 1; index < items; index++) {
            all[index] = item(
                    "n" + (index + 1), OrderAction.MODIFY, Map.of("macAddress", MAC, "displayName", "n" + (index + 1)));
        }
        return all;
    }

    private static NewOrder.Item delete(int line) {
        return item("1", OrderAction.DELETE, Map.of("macAddress", MAC, "lineNumber", Integer.toString(line)));
    }

    private static NewOrder.Item item(String id, OrderAction action, Map<String, String> named) {
        return new NewOrder.Item(id, action, named);
    }

    private static Device keyed(Device device, DeviceKey key) {
        Device.Standing was = device.standing();
        return new Device(
                device.mac(),
                device.model(),
                device.serial(),
                device.claimed(),
                device.place(),
                device.settings(),
                device.lines(),
                new Device.Standing(
                        DeviceState.KEYED,
                        was.revision(),
                        null,
                        null,
                        new DeviceKeys(key, null),
                        was.seed(),
                        Device.Given.NOTHING,
                        null));
    }
}
