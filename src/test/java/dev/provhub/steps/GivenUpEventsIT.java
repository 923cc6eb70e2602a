package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import dev.provhub.fault.Fault;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.order.event.OrderEvent;
import dev.provhub.store.Database;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcEventOutbox;
import dev.provhub.store.JdbcFaults;
import dev.provhub.store.ReversibleSecrets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the outbox to a fault and back. */
class GivenUpEventsIT {
    @TempDir
    private Path folder;

    @Test
    void event_thatNobodyTook_isAFaultOfItsOwnAndComesBackFromIt() throws Exception {
        // Given
        SettableClock clock = new SettableClock();
        Instant now = clock.instant();
        try (Database database = Engine.H2.open(folder)) {
            JdbcFaults faults = new JdbcFaults(
                    database, new ReversibleSecrets(), () -> UUID.randomUUID().toString());
            JdbcEventOutbox outbox =
                    new JdbcEventOutbox(database, new ReversibleSecrets(), new GivenUpEvents(faults, clock));
            outbox.subscribe(new EventSubscription("oss", "https://oss.example.net/token-abc", "", null, now, 0));
            OrderEvent event = new OrderEvent("e1", "A", OrderEvent.STATE, now, "{\"title\":\"done\"}");
            OrderEvent other = new OrderEvent("e2", "A", OrderEvent.STATE, now, "{\"title\":\"more\"}");
            outbox.add(event, List.of("oss"));
            outbox.add(other, List.of("oss"));

            // When
            outbox.pause("oss", now.plusSeconds(60), now, "no answer");

            // Then
            List<Fault> kept = faults.page("publish-events-send", Long.MAX_VALUE, 10);
            assertThat(kept)
                    .extracting(Fault::subject)
                    .containsExactly(
                            "ServiceOrderStateChangeEvent of order A for listener oss, event e2",
                            "ServiceOrderStateChangeEvent of order A for listener oss, event e1");
            Fault first = faults.find(kept.get(1).id()).orElseThrow();
            assertThat(first.reason()).isEqualTo("no answer");
            assertThat(first.message()).doesNotContain("token-abc");
            GivenUpEvents.Kept message = GivenUpEvents.read(first.message());
            assertThat(message).isEqualTo(new GivenUpEvents.Kept("oss", event));
            assertThat(outbox.again(message.event(), message.listener(), now)).isTrue();
            assertThat(outbox.claim("oss", now, now.plusSeconds(9), 9))
                    .singleElement()
                    .extracting(one -> one.event())
                    .isEqualTo(event);
        }
    }
}
