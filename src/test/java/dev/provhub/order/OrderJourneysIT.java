package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceRepository.Change;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.store.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of orders between being taken and being done, on both databases. */
@ParameterizedClass
@EnumSource(Engine.class)
class OrderJourneysIT {
    private static final String KITCHEN = "0002fdff2103";
    private static final String SPARE = "0002fdff2199";

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
    void swap_twoLines_movesThemAndLeavesTheOldDevice() {
        fulfil("A", add(KITCHEN, 1, "plan", "office", "timeZone", "Europe/Berlin"), add(KITCHEN, 2));
        keyed(KITCHEN);

        ServiceOrder swap = fulfil(
                "B",
                modify(SPARE, Map.of("previousMacAddress", KITCHEN, "deviceModel", "SPA508G", "serialNumber", "NEW1")));

        Device out = device(KITCHEN);
        Device in = device(SPARE);
        assertThat(out.claimed()).isFalse();
        assertThat(out.lines()).isEmpty();
        assertThat(out.standing().leftAt()).isEqualTo(world.clock.instant());
        assertThat(in.claimed()).isTrue();
        assertThat(in.serial()).isEqualTo("NEW1");
        assertThat(in.place()).isEqualTo(new Device.Place(null, "office", "Europe/Berlin"));
        assertThat(in.lines()).extracting(Line::sipUser).containsExactly("4989123451", "4989123452");
        assertThat(in.lines()).extracting(Line::sipPassword).containsOnly("Tq7-rosebud-41");
        assertThat(swap.state()).isEqualTo(OrderState.IN_PROGRESS);
        world.fulfilment().applied(new MacAddress(SPARE), in.standing().revision());
        assertThat(order(swap).state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void swap_withNewPassword_changesTheLineToo() {
        fulfil("A", add(KITCHEN, 1), add(KITCHEN, 2));

        fulfil("B", modify(SPARE, Map.of("previousMacAddress", KITCHEN, "lineNumber", "2", "sipPassword", "another")));

        assertThat(device(SPARE).lines()).extracting(Line::sipPassword).containsExactly("Tq7-rosebud-41", "another");
    }

    @Test
    void swap_thatCannotBe_changesNothing() {
        fulfil("A", add(KITCHEN, 1), add(KITCHEN, 8));
        fulfil("B", add(SPARE, 1));
        Device before = device(KITCHEN);

        assertThat(reason(fulfil("C", modify(SPARE, Map.of("previousMacAddress", KITCHEN)))))
                .isEqualTo("device 0002fdff2199 has lines of its own");
        assertThat(reason(fulfil(
                        "D", modify("0002fdff2188", Map.of("previousMacAddress", KITCHEN, "deviceModel", "SPA112")))))
                .contains("SPA112 has 2 lines");
        assertThat(reason(fulfil("E", modify("0002fdff2188", Map.of("previousMacAddress", "0002fdff2177")))))
                .isEqualTo("there is no device 0002fdff2177");
        assertThat(device(KITCHEN)).isEqualTo(before);
        assertThat(world.devices.findByMac(new MacAddress("0002fdff2188"))).isEmpty();
    }

    @Test
    void swap_inAnItemThatAdds_isRefused() {
        IntakeResult result = world.intake()
                .accept(new NewOrder(
                        "A",
                        null,
                        List.of(new NewOrder.Item(
                                "1", OrderAction.ADD, OrderWorld.line(SPARE, 1, "previousMacAddress", KITCHEN))),
                        ""));

        assertThat(((IntakeResult.Refused) result).problems())
                .extracting(OrderProblem::message)
                .containsExactly(
                        "previousMacAddress '0002fdff2103' is not allowed: another device, in an item that modifies");
    }

    @Test
    void suspendAndResume_aLine_takesItFromTheDeviceAndGivesItBack() {
        fulfil("A", add(KITCHEN, 1), add(KITCHEN, 2));

        fulfil("B", modify(KITCHEN, Map.of("serviceState", "inactive")));

        assertThat(device(KITCHEN).servedLines()).extracting(Line::number).containsExactly(2);
        assertThat(device(KITCHEN).claimed()).isTrue();
        assertThat(device(KITCHEN).standing().revision()).isEqualTo(3);
        fulfil("C", modify(KITCHEN, Map.of("displayName", "Kitchen")));
        assertThat(device(KITCHEN).line(1).orElseThrow().suspended()).isTrue();
        fulfil("D", modify(KITCHEN, Map.of("serviceState", "active")));
        assertThat(device(KITCHEN).servedLines()).hasSize(2);
        assertThat(device(KITCHEN).line(1).orElseThrow().sipPassword()).isEqualTo("Tq7-rosebud-41");
    }

    @Test
    void modify_ofThePlanAlone_needsNoLineOne() {
        fulfil("A", add(KITCHEN, 2));

        fulfil("B", modify(KITCHEN, Map.of("plan", "office")));

        assertThat(device(KITCHEN).place().plan()).isEqualTo("office");
        assertThat(device(KITCHEN).lines()).extracting(Line::number).containsExactly(2);
    }

    @Test
    void unknownModel_holdsTheItemAndWhatIsBehindIt_untilItIsTold() {
        ServiceOrder held = accept("A", add(KITCHEN, 1, "deviceModel", "T46S"));
        assertThat(held.state()).isEqualTo(OrderState.HELD);
        assertThat(held.items().get(0).wantsInformation()).isTrue();
        assertThat(held.items().get(0).reason()).contains("deviceModel 'T46S' is not known");
        world.fulfilment().fulfil(held.id());
        ServiceOrder behind = fulfil("B", add(KITCHEN, 2));
        assertThat(behind.state()).isEqualTo(OrderState.PENDING);
        assertThat(world.devices.findByMac(new MacAddress(KITCHEN))).isEmpty();
        assertThat(world.fulfilment().resume()).isZero();

        amend(held, List.of(add(KITCHEN, 1)), null);
        assertThat(order(held).state()).isEqualTo(OrderState.PENDING);
        world.fulfilment().fulfil(held.id());

        assertThat(order(held).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(order(behind).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device(KITCHEN).lines()).hasSize(2);
    }

    @Test
    void laterOrder_carriedOutFirst_carriesTheEarlierOutBefore() {
        ServiceOrder first = accept("A", add(KITCHEN, 1, "displayName", "first"));
        ServiceOrder second = accept("B", modify(KITCHEN, Map.of("displayName", "second")));
        ServiceOrder other = accept("C", add(SPARE, 1));

        world.fulfilment().fulfil(second.id());

        assertThat(order(first).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(device(KITCHEN).line(1).orElseThrow().displayName()).isEqualTo("second");
        assertThat(order(other).state()).isEqualTo(OrderState.ACKNOWLEDGED);
    }

    @Test
    void orderForLater_keepsNobodyBack() {
        Instant start = world.clock.instant().plus(Duration.ofHours(1));
        world.intake().accept(new NewOrder("A", start, List.of(add(KITCHEN, 1, "displayName", "later")), ""));
        fulfil("B", add(KITCHEN, 1, "displayName", "now"));

        assertThat(device(KITCHEN).line(1).orElseThrow().displayName()).isEqualTo("now");
        world.clock.forward(Duration.ofHours(1));
        world.fulfilment().resume();
        assertThat(device(KITCHEN).line(1).orElseThrow().displayName()).isEqualTo("later");
    }

    @Test
    void milestones_onTheWay_areKept() {
        ServiceOrder order = fulfil("A", add(KITCHEN, 1));
        Instant configured = world.clock.instant();
        world.clock.forward(Duration.ofMinutes(5));
        world.fulfilment().fetched(new MacAddress(KITCHEN), 1);
        world.clock.forward(Duration.ofMinutes(5));
        world.fulfilment().fetched(new MacAddress(KITCHEN), 1);
        world.fulfilment().applied(new MacAddress(KITCHEN), 1);

        assertThat(order(order).items().get(0).progress())
                .isEqualTo(new OrderItem.Progress(
                        configured,
                        configured.plus(Duration.ofMinutes(5)),
                        configured.plus(Duration.ofMinutes(10)),
                        null));
    }

    @Test
    void completeWhen_fetchedOrAccepted_isEarlier() {
        ServiceOrder accepted = accept("A", add(KITCHEN, 1));
        assertThat(world.fulfilment(world.devices, CompleteWhen.ACCEPTED)
                        .fulfil(accepted.id())
                        .orElseThrow()
                        .state())
                .isEqualTo(OrderState.COMPLETED);
        ServiceOrder second = accept("B", add(SPARE, 1));
        Fulfilment fetching = world.fulfilment(world.devices, CompleteWhen.FETCHED);
        fetching.fulfil(second.id());
        assertThat(order(second).state()).isEqualTo(OrderState.IN_PROGRESS);
        fetching.fetched(new MacAddress(SPARE), 1);
        assertThat(order(second).state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void endanger_whatIsNotFetchedInTime_onceAlone() {
        ServiceOrder late = fulfil("A", add(KITCHEN, 1));
        ServiceOrder fetched = fulfil("B", add(SPARE, 1));
        world.fulfilment().fetched(new MacAddress(SPARE), 1);
        Duration patience = Duration.ofHours(24);
        assertThat(world.fulfilment().endanger(patience)).isZero();
        world.clock.forward(patience);

        assertThat(world.fulfilment().endanger(patience)).isEqualTo(1);
        assertThat(world.fulfilment().endanger(patience)).isZero();
        assertThat(order(late).items().get(0).progress().jeopardy()).isEqualTo(world.clock.instant());
        assertThat(order(fetched).items().get(0).progress().jeopardy()).isNull();
    }

    @Test
    void endangerLate_whatIsNotDoneByTheDayThatWasAskedFor_onceAlone() {
        String by = world.clock.instant().plusSeconds(60).toString();
        NewOrder order = new NewOrder(
                "A",
                null,
                List.of(add(KITCHEN, 1)),
                "{\"category\":\"voice\",\"priority\":\"1\",\"requestedCompletionDate\":\"" + by + "\"}");
        ServiceOrder taken = ((IntakeResult.Accepted) world.intake().accept(order)).order();
        world.fulfilment().fulfil(taken.id());
        ServiceOrder done = fulfil("B", add(SPARE, 1));

        assertThat(world.fulfilment().endangerLate()).isZero();
        world.clock.forward(Duration.ofSeconds(61));
        assertThat(world.fulfilment().endangerLate()).isEqualTo(1);
        assertThat(world.fulfilment().endangerLate()).isZero();

        assertThat(order(taken).items().get(0).progress().jeopardy()).isEqualTo(world.clock.instant());
        assertThat(order(done).items().get(0).progress().jeopardy()).isNull();
        assertThat(world.orders.list(filter(List.of("voice", "data"), List.of("1")), 0, 9))
                .hasSize(1);
        assertThat(world.orders.count(filter(List.of("voice"), List.of("2")))).isZero();
    }

    private static OrderRepository.Filter filter(List<String> categories, List<String> priorities) {
        return new OrderRepository.Filter(List.of(), List.of(), List.of(), categories, priorities, null, Map.of());
    }

    @Test
    void cancel_whatNothingWasDoneOf_isCancelledAtOnce() {
        Instant start = world.clock.instant().plus(Duration.ofHours(1));
        ServiceOrder order = ((IntakeResult.Accepted)
                        world.intake().accept(new NewOrder("A", start, List.of(add(KITCHEN, 1)), "")))
                .order();

        CancelTask task = cancel(order, null);

        assertThat(task.state()).isEqualTo(CancelTask.State.DONE);
        assertThat(order(order).state()).isEqualTo(OrderState.CANCELLED);
        world.clock.forward(Duration.ofHours(2));
        assertThat(world.fulfilment().resume()).isZero();
        assertThat(world.devices.findByMac(new MacAddress(KITCHEN))).isEmpty();
        assertThatThrownBy(() -> cancel(order, null))
                .isInstanceOf(OrderConflict.class)
                .hasMessage("the order is cancelled: nothing of it can be cancelled");
    }

    @Test
    void cancel_inFlight_undoesTheLinesLastFirst() {
        fulfil("A", add(KITCHEN, 1, "displayName", "old", "plan", "office"));
        world.fulfilment().applied(new MacAddress(KITCHEN), 1);
        keyed(KITCHEN);
        ServiceOrder order = fulfil(
                "B",
                modify(KITCHEN, Map.of("displayName", "new", "plan", "home", "sipPassword", "other")),
                add(KITCHEN, 2, "plan", "gold"));
        world.fulfilment().fetched(new MacAddress(KITCHEN), 9);

        CancelTask task = cancel(order, null);

        assertThat(task.state()).isEqualTo(CancelTask.State.IN_PROGRESS);
        assertThat(order(order).state()).isEqualTo(OrderState.PENDING_CANCELLATION);
        assertThat(device(KITCHEN).lines()).hasSize(1);
        Line line = device(KITCHEN).line(1).orElseThrow();
        assertThat(line.displayName()).isEqualTo("old");
        assertThat(line.sipPassword()).isEqualTo("Tq7-rosebud-41");
        assertThat(device(KITCHEN).place().plan()).isEqualTo("office");
        world.fulfilment()
                .applied(new MacAddress(KITCHEN), device(KITCHEN).standing().revision());
        assertThat(order(order).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.cancels.find(task.id()).orElseThrow().state()).isEqualTo(CancelTask.State.DONE);
    }

    @Test
    void cancel_ofASwapThatWasNotFetched_movesTheLinesBack() {
        fulfil("A", add(KITCHEN, 1));
        keyed(KITCHEN);
        ServiceOrder swap = fulfil("B", modify(SPARE, Map.of("previousMacAddress", KITCHEN)));

        assertThat(cancel(swap, null).state()).isEqualTo(CancelTask.State.DONE);

        assertThat(device(KITCHEN).lines()).hasSize(1);
        assertThat(device(KITCHEN).claimed()).isTrue();
        assertThat(device(KITCHEN).standing().leftAt()).isNull();
        assertThat(device(SPARE).claimed()).isFalse();
    }

    @Test
    void cancel_afterALaterOrder_endsWithAnErrorAndChangesNothing() {
        ServiceOrder first = fulfil("A", add(KITCHEN, 1));
        fulfil("B", modify(KITCHEN, Map.of("displayName", "x")));
        Device before = device(KITCHEN);

        CancelTask task = cancel(first, null);

        assertThat(task.state()).isEqualTo(CancelTask.State.TERMINATED_WITH_ERROR);
        assertThat(task.message()).contains("a later order has changed device 0002fdff2103");
        assertThat(device(KITCHEN)).isEqualTo(before);
        assertThat(order(first).state()).isEqualTo(OrderState.IN_PROGRESS);
    }

    @Test
    void cancel_atATime_waitsForIt() {
        ServiceOrder order = fulfil("A", add(KITCHEN, 1));
        Instant later = world.clock.instant().plus(Duration.ofHours(1));
        CancelTask task = cancel(order, later);
        assertThat(task.state()).isEqualTo(CancelTask.State.ACCEPTED);
        assertThat(world.cancellation().resume()).isZero();
        world.clock.forward(Duration.ofHours(1));

        assertThat(world.cancellation().resume()).isEqualTo(1);
        assertThat(order(order).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.cancels.list(new CancelRepository.Filter(order.id(), CancelTask.State.DONE), 0, 10))
                .hasSize(1);
    }

    @Test
    void cancel_atATimeOfAnOrderThatEndsBefore_endsWithIt() {
        Instant later = world.clock.instant().plus(Duration.ofHours(1));
        ServiceOrder done = fulfil("A", add(KITCHEN, 1));
        CancelTask tooLate = cancel(done, later);
        world.fulfilment().applied(new MacAddress(KITCHEN), 1);
        assertThat(task(tooLate).state()).isEqualTo(CancelTask.State.TERMINATED_WITH_ERROR);
        assertThat(task(tooLate).message()).isEqualTo("the order is completed: nothing of it can be cancelled");

        ServiceOrder cancelled = fulfil("B", add(SPARE, 1));
        CancelTask overtaken = cancel(cancelled, later);
        assertThat(cancel(cancelled, null).state()).isEqualTo(CancelTask.State.DONE);
        assertThat(task(overtaken).state()).isEqualTo(CancelTask.State.DONE);

        ServiceOrder patched = fulfil("C", add(SPARE, 1));
        CancelTask another = cancel(patched, later);
        amend(patched, null, OrderState.CANCELLED);
        assertThat(task(another).state()).isEqualTo(CancelTask.State.DONE);
    }

    @Test
    void cancel_atATimeOfAnOrderThatIsForgotten_endsWithTheNextLook() {
        Instant later = world.clock.instant().plus(Duration.ofHours(1));
        ServiceOrder order = accept("A", add(KITCHEN, 1));
        CancelTask task = cancel(order, later);
        world.orders.delete(order.id());

        world.cancellation().resume();

        assertThat(world.cancels.find(task.id()).map(CancelTask::state).orElse(CancelTask.State.TERMINATED_WITH_ERROR))
                .isEqualTo(CancelTask.State.TERMINATED_WITH_ERROR);
    }

    @Test
    void cancel_ofAnotherModel_givesTheFormerOneBack() {
        fulfil("A", add(KITCHEN, 1), add(KITCHEN, 2));
        ServiceOrder order = fulfil("B", modify(KITCHEN, Map.of("deviceModel", "SPA112", "displayName", "x")));
        assertThat(device(KITCHEN).model()).isEqualTo("SPA112");

        assertThat(cancel(order, null).state()).isEqualTo(CancelTask.State.DONE);

        assertThat(device(KITCHEN).model()).isEqualTo("SPA508G");
        assertThat(device(KITCHEN).line(1).orElseThrow().displayName()).isNull();
    }

    private CancelTask task(CancelTask task) {
        return world.cancels.find(task.id()).orElseThrow();
    }

    @Test
    void amend_inFlight_asksForSomethingElseOfTheSameLine() {
        ServiceOrder order = fulfil("A", add(KITCHEN, 1));

        amend(order, List.of(add(KITCHEN, 1, "displayName", "amended"), add(SPARE, 1)), null);
        world.fulfilment().fulfil(order.id());

        assertThat(device(KITCHEN).line(1).orElseThrow().displayName()).isEqualTo("amended");
        assertThat(device(SPARE).lines()).hasSize(1);
        ServiceOrder amended = order(order);
        assertThat(amended.items()).extracting(OrderItem::revision).containsExactly(2L, 1L);
        assertThatThrownBy(() -> amend(order, List.of(add(SPARE, 2), add(SPARE, 1)), null))
                .isInstanceOf(OrderConflict.class)
                .hasMessage(
                        "item '0002fdff2103-1' is inProgress: it cannot be taken out of the order, only cancelled with it");
        world.fulfilment().applied(new MacAddress(KITCHEN), 2);
        assertThatThrownBy(() -> amend(order, List.of(add(KITCHEN, 1), add(SPARE, 1)), null))
                .isInstanceOf(OrderConflict.class)
                .hasMessage("item '0002fdff2103-1' is completed: it cannot change any more");
        assertThat(world.intake().accept(new NewOrder("A", null, List.of(add(KITCHEN, 1)), "")))
                .isInstanceOf(IntakeResult.Repeated.class);
    }

    @Test
    void amend_toHeldAndPending_stopsAndGoesOn() {
        ServiceOrder order = accept("A", add(KITCHEN, 1));
        amend(order, null, OrderState.HELD);
        world.fulfilment().fulfil(order.id());
        assertThat(order(order).state()).isEqualTo(OrderState.HELD);
        amend(order, null, OrderState.PENDING);
        world.fulfilment().resume();
        assertThat(order(order).state()).isEqualTo(OrderState.IN_PROGRESS);
        amend(order, null, OrderState.CANCELLED);
        assertThat(order(order).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(device(KITCHEN).lines()).isEmpty();
        assertThatThrownBy(() -> amend(order, null, OrderState.HELD)).isInstanceOf(OrderConflict.class);
    }

    @Test
    void repeatKey_sameOrOtherContent_isRepeatOrConflict() {
        NewOrder order = new NewOrder(null, null, List.of(add(KITCHEN, 1)), "");
        IntakeResult first = world.intake().accept(order, "key-1", kept -> {});
        assertThat(first).isInstanceOf(IntakeResult.Accepted.class);
        assertThat(world.intake().accept(order, "key-1", kept -> {})).isInstanceOf(IntakeResult.Repeated.class);
        assertThat(world.intake().accept(order, "key-2", kept -> {})).isInstanceOf(IntakeResult.Accepted.class);
        NewOrder other = new NewOrder(null, null, List.of(add(KITCHEN, 2)), "");
        assertThat(world.intake().accept(other, "key-1", kept -> {})).isInstanceOf(IntakeResult.Conflict.class);
        assertThat(world.orders.count(new OrderRepository.Filter(null, null))).isEqualTo(2);
    }

    @Test
    void delete_ofWhatItsDeviceHasNeverFetched_endsWhatWasOrderedOfItBefore() {
        ServiceOrder first = fulfil("A", add(KITCHEN, 1));
        ServiceOrder both = fulfil("B", add(KITCHEN, 2), add(SPARE, 1));
        ServiceOrder suspended = fulfil("C", modify(KITCHEN, Map.of("serviceState", "inactive")));
        ServiceOrder plan = fulfil("D", modify(KITCHEN, Map.of("plan", "office", "lineNumber", "2")));
        assertThat(order(suspended).state()).as("waits with what it suspends").isEqualTo(OrderState.IN_PROGRESS);

        ServiceOrder gone = fulfil("E", delete(KITCHEN, 1));

        assertThat(order(gone).state()).isEqualTo(OrderState.COMPLETED);
        assertThat(order(first).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order(first).completed()).isEqualTo(world.clock.instant());
        assertThat(order(first).items().get(0).reason())
                .isEqualTo("a later order has taken line 1 away before device 0002fdff2103 has fetched anything");
        assertThat(order(first).items().get(0).isOvertaken()).isTrue();
        assertThat(order(suspended).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order(both).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(order(plan).state()).isEqualTo(OrderState.IN_PROGRESS);

        assertThat(fulfil("F", delete(KITCHEN, 2)).state()).isEqualTo(OrderState.COMPLETED);
        assertThat(order(plan).state()).as("of the device").isEqualTo(OrderState.CANCELLED);
        assertThat(order(both).items())
                .extracting(OrderItem::state)
                .containsExactly(OrderState.CANCELLED, OrderState.IN_PROGRESS);
        world.fulfilment().applied(new MacAddress(SPARE), 1);
        assertThat(order(both).state()).isEqualTo(OrderState.PARTIAL);
        assertThat(world.orders.waitingOn(new MacAddress(KITCHEN))).isEmpty();
    }

    @Test
    void delete_inTheOrderThatAdds_endsBoth() {
        ServiceOrder order = fulfil("A", add(KITCHEN, 1), delete(KITCHEN, 1));

        assertThat(order(order).items())
                .extracting(OrderItem::state)
                .containsExactly(OrderState.CANCELLED, OrderState.COMPLETED);
        assertThat(order(order).state()).isEqualTo(OrderState.PARTIAL);
    }

    @Test
    void delete_ofADeviceThatHasAKey_leavesTheOrderBeforeToTheDevice() {
        ServiceOrder first = fulfil("A", add(KITCHEN, 1));
        keyed(KITCHEN);
        ServiceOrder gone = fulfil("B", delete(KITCHEN, 1));

        assertThat(order(first).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(order(gone).state()).isEqualTo(OrderState.IN_PROGRESS);
        world.fulfilment().applied(new MacAddress(KITCHEN), 2);
        assertThat(order(first).state()).isEqualTo(OrderState.COMPLETED);
        assertThat(order(gone).state()).isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void swap_thatIsCompleted_endsWhatTheOldDeviceHadToShow() {
        ServiceOrder first = fulfil("A", add(KITCHEN, 1));
        keyed(KITCHEN);
        CancelTask later = cancel(first, world.clock.instant().plus(Duration.ofHours(1)));
        ServiceOrder swap = fulfil("B", modify(SPARE, Map.of("previousMacAddress", KITCHEN)));
        assertThat(order(first).state()).as("the swap may still be taken back").isEqualTo(OrderState.IN_PROGRESS);
        world.clock.forward(Duration.ofMinutes(1));
        ServiceOrder again = fulfil("C", add(KITCHEN, 1));

        world.fulfilment()
                .applied(new MacAddress(SPARE), device(SPARE).standing().revision());

        assertThat(order(swap).state()).isEqualTo(OrderState.COMPLETED);
        assertThat(order(first).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order(first).items().get(0).reason())
                .isEqualTo("device 0002fdff2199 has taken the place of device 0002fdff2103, which has not shown that it"
                        + " applied this");
        assertThat(task(later).state()).isEqualTo(CancelTask.State.DONE);
        assertThat(order(again).state()).as("ordered since").isEqualTo(OrderState.IN_PROGRESS);
    }

    private static NewOrder.Item delete(String mac, int line) {
        return new NewOrder.Item(
                "d-" + mac, OrderAction.DELETE, Map.of("macAddress", mac, "lineNumber", Integer.toString(line)));
    }

    @Test
    void usualModel_ofADeviceThatIsKnown_isNoOtherModel() {
        world.mapping = withUsualModel(world.mapping);
        fulfil("A", add(KITCHEN, 1, "deviceModel", "SPA508G"));

        assertThat(fulfil("B", add(KITCHEN, 2, "deviceModel", "")).state()).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(fulfil("C", add(KITCHEN, 8, "deviceModel", "")).state()).isEqualTo(OrderState.IN_PROGRESS);

        assertThat(device(KITCHEN).model()).isEqualTo("SPA508G");
        assertThat(device(KITCHEN).lines()).hasSize(3);
        fulfil("D", add(SPARE, 1, "deviceModel", ""));
        assertThat(device(SPARE).model()).isEqualTo("SPA112");
        assertThat(reason(fulfil("E", add(SPARE, 3, "deviceModel", "")))).contains("SPA112 has 2 lines");
        assertThat(reason(fulfil("F", add(SPARE, 2, "deviceModel", "SPA508G")))).contains("is a SPA112");
        assertThat(world.intake().accept(new NewOrder("D", null, List.of(add(SPARE, 1, "deviceModel", "SPA112")), "")))
                .isInstanceOf(IntakeResult.Repeated.class);
    }

    private static OrderMapping withUsualModel(OrderMapping mapping) {
        Map<OrderField, FieldUse> uses = new HashMap<>(mapping.uses());
        uses.put(
                OrderField.DEVICE_MODEL,
                new FieldUse(List.of("deviceModel"), false, Optional.of("SPA112"), List.of(), false));
        return new OrderMapping(uses, true);
    }

    private CancelTask cancel(ServiceOrder order, Instant when) {
        return world.cancellation().request(order.id(), when, "", () -> {}).orElseThrow();
    }

    private void amend(ServiceOrder order, List<NewOrder.Item> items, OrderState state) {
        world.amendments()
                .amend(
                        order.id(),
                        is -> new Amendment(is.externalId(), is.requestedStart(), items, is.details(), state),
                        () -> {})
                .orElseThrow();
    }

    private ServiceOrder order(ServiceOrder order) {
        return world.orders.find(order.id()).orElseThrow();
    }

    private Device device(String mac) {
        return world.devices.findByMac(new MacAddress(mac)).orElseThrow();
    }

    private void keyed(String mac) {
        DeviceKey key = new DeviceKey("ab".repeat(32), "abcdefghijklmnopqrstuvwxyz");
        world.devices.change(
                new MacAddress(mac),
                Change.ofExisting(
                        new MacAddress(mac),
                        device -> device.withStanding(device.standing().keyed(new DeviceKeys(key, null)))));
    }

    private static String reason(ServiceOrder order) {
        assertThat(order.state()).isEqualTo(OrderState.FAILED);
        return order.items().get(0).reason();
    }

    private ServiceOrder accept(String externalId, NewOrder.Item... items) {
        IntakeResult result = world.intake().accept(new NewOrder(externalId, null, List.of(items), ""));
        assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
        return ((IntakeResult.Accepted) result).order();
    }

    private ServiceOrder fulfil(String externalId, NewOrder.Item... items) {
        return world.fulfilment().fulfil(accept(externalId, items).id()).orElseThrow();
    }

    private static NewOrder.Item add(String mac, int line, String... more) {
        return new NewOrder.Item(mac + "-" + line, OrderAction.ADD, OrderWorld.line(mac, line, more));
    }

    private static NewOrder.Item modify(String mac, Map<String, String> values) {
        Map<String, String> named = new HashMap<>(values);
        named.put("macAddress", mac);
        return new NewOrder.Item("m-" + mac, OrderAction.MODIFY, named);
    }
}
