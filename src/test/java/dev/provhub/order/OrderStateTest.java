package dev.provhub.order;

import static dev.provhub.order.OrderState.ACKNOWLEDGED;
import static dev.provhub.order.OrderState.CANCELLED;
import static dev.provhub.order.OrderState.COMPLETED;
import static dev.provhub.order.OrderState.FAILED;
import static dev.provhub.order.OrderState.IN_PROGRESS;
import static dev.provhub.order.OrderState.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStateTest {
    @ParameterizedTest
    @CsvSource({
        "acknowledged, inProgress, yes",
        "acknowledged, rejected, yes",
        "acknowledged, cancelled, yes",
        "acknowledged, completed, no",
        "inProgress, completed, yes",
        "inProgress, partial, yes",
        "inProgress, held, yes",
        "inProgress, acknowledged, no",
        "inProgress, rejected, no",
        "pending, inProgress, yes",
        "held, inProgress, yes",
        "held, completed, no",
        "completed, inProgress, no",
        "failed, completed, no",
        "cancelled, acknowledged, no"
    })
    void to_everyStep_onlyTheStandardsAreThere(String from, String to, String allowed) {
        OrderState before = OrderState.find(from).orElseThrow();
        OrderState after = OrderState.find(to).orElseThrow();
        if (allowed.equals("yes")) {
            assertThat(before.to(after)).isEqualTo(after);
        } else {
            assertThatThrownBy(() -> before.to(after)).hasMessage("an order cannot go from " + from + " to " + to);
        }
    }

    @ParameterizedTest
    @EnumSource
    void to_itself_isAllowed(OrderState state) {
        assertThat(state.to(state)).isEqualTo(state);
        assertThat(OrderState.find(state.wireName())).contains(state);
    }

    @Test
    void ofItems_mixtures_followTheItems() {
        assertThat(OrderState.ofItems(List.of(ACKNOWLEDGED, ACKNOWLEDGED))).isEqualTo(ACKNOWLEDGED);
        assertThat(OrderState.ofItems(List.of(ACKNOWLEDGED, COMPLETED))).isEqualTo(IN_PROGRESS);
        assertThat(OrderState.ofItems(List.of(IN_PROGRESS, FAILED))).isEqualTo(IN_PROGRESS);
        assertThat(OrderState.ofItems(List.of(COMPLETED, FAILED))).isEqualTo(PARTIAL);
        assertThat(OrderState.ofItems(List.of(COMPLETED, CANCELLED))).isEqualTo(PARTIAL);
        assertThat(OrderState.ofItems(List.of(FAILED, FAILED))).isEqualTo(FAILED);
    }
}
