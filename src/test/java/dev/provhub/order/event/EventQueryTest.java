package dev.provhub.order.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventQueryTest {
    @Test
    void wants_everythingOrWhatIsNamed() {
        assertThat(EventQuery.parse("").wants(OrderEvent.CREATE, "acknowledged"))
                .isTrue();
        EventQuery query = EventQuery.parse(
                "eventType=ServiceOrderStateChangeEvent, ServiceOrderCreateEvent&state=completed,failed");
        assertThat(query.wants(OrderEvent.STATE, "completed")).isTrue();
        assertThat(query.wants(OrderEvent.STATE, "inProgress")).isFalse();
        assertThat(query.wants(OrderEvent.MILESTONE, "completed")).isFalse();
        assertThat(query.cloud()).isFalse();
        assertThat(EventQuery.parse("?format=cloudevents").cloud()).isTrue();
    }

    @Test
    void parse_unknown_isRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> EventQuery.parse("eventType=Nothing")).hasMessageContaining("ServiceOrderCreateEvent");
        assertThatThrownBy(() -> EventQuery.parse("state=gone")).hasMessageContaining("acknowledged");
        assertThatThrownBy(() -> EventQuery.parse("colour=red")).hasMessageContaining("eventType, state, format");
    }
}
