package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.order.event.OrderEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcEventOutboxIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LEASE = TEN.plusSeconds(600);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private JdbcEventOutbox outbox;
    private final List<EventDelivery> givenUp = new ArrayList<>();

    @BeforeEach
    void open() {
        database = engine.open(folder);
        outbox = new JdbcEventOutbox(database, new ReversibleSecrets(), givenUp::add);
        for (String id : List.of("oss", "crm")) {
            outbox.subscribe(
                    new EventSubscription(id, "https://" + id + ".example.net/token-abc", "", "s".repeat(20), TEN, 0));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void add(String id, String order, String... to) {
        outbox.add(new OrderEvent(id, order, OrderEvent.STATE, TEN, "{\"name\":\"rosebud\"}"), List.of(to));
    }

    private List<String> claim(String subscription, Instant now) {
        return outbox.claim(subscription, now, LEASE, 10).stream()
                .map(one -> one.event().eventId())
                .toList();
    }

    @Test
    void add_keepsNothingReadable() {
        add("e1", "A", "oss");
        assertThat(DatabaseText.of(database)).contains("e1").doesNotContain("rosebud", "token-abc", "ssss");
        assertThat(outbox.find("oss").orElseThrow().callback()).isEqualTo("https://oss.example.net/token-abc");
    }

    @Test
    void claim_ofEachOrder_theOldestAlone() {
        add("e1", "A", "oss", "crm");
        add("e2", "A", "oss");
        add("e3", "B", "oss");

        assertThat(outbox.due(TEN)).containsExactlyInAnyOrder("oss", "crm");
        List<EventDelivery> claimed = outbox.claim("oss", TEN, LEASE, 10);
        assertThat(claimed).extracting(one -> one.event().eventId()).containsExactly("e1", "e3");
        assertThat(claim("oss", TEN)).isEmpty();
        assertThat(claim("crm", TEN)).containsExactly("e1");

        outbox.delivered(claimed.subList(0, 1));
        assertThat(claim("oss", TEN)).containsExactly("e2");
        assertThat(claim("oss", LEASE)).containsExactly("e2", "e3");
    }

    @Test
    void claim_withMuchWaiting_readsNoMoreThanItTakes() {
        for (int i = 0; i < 200; i++) {
            add("e" + i, "order-" + i, "oss");
        }
        database.jdbc().run(() -> database.jdbc().update("analyze", Binder.NONE));
        String plan = String.join(
                "\n",
                database.jdbc()
                        .query(
                                "explain " + outbox.selectDue(),
                                Binder.of("oss", TEN, TEN, 8),
                                row -> row.getString(1)));

        assertThat(plan)
                .contains(engine == Engine.H2 ? "index sorted" : "Index Scan")
                .doesNotContain("Sort ");
    }

    @Test
    void failed_waits_andIsGivenUpWhenItWasQueuedTooLongAgo() {
        add("e1", "A", "oss");
        add("e2", "A", "oss");
        EventDelivery first = outbox.claim("oss", TEN, LEASE, 10).get(0);
        outbox.failed(first, "the listener answered 500", TEN.plusSeconds(1), TEN.minusSeconds(1));
        assertThat(claim("oss", TEN)).isEmpty();

        EventDelivery again = outbox.claim("oss", TEN.plusSeconds(1), LEASE, 10).get(0);
        assertThat(again.attempts()).isEqualTo(1);
        outbox.failed(again, "the listener answered 500", TEN.plusSeconds(9), TEN);
        assertThat(givenUp).extracting(EventDelivery::reason).containsExactly("the listener answered 500");
        assertThat(claim("oss", TEN.plusSeconds(2))).containsExactly("e2");

        assertThat(outbox.again(givenUp.get(0).event(), "oss", TEN.plusSeconds(5)))
                .isTrue();
        assertThat(outbox.again(givenUp.get(0).event(), "gone", TEN.plusSeconds(5)))
                .isFalse();
        assertThat(claim("oss", LEASE)).as("in order").containsExactly("e2");
        outbox.delivered(outbox.claim("oss", LEASE.plusSeconds(999), LEASE.plusSeconds(9999), 1));
        assertThat(claim("oss", LEASE.plusSeconds(9999))).containsExactly("e1");
    }

    @Test
    void pause_holdsAListenerBackAlone_andEndsWithADelivery() {
        add("e1", "A", "oss", "crm");
        EventDelivery one = outbox.claim("oss", TEN, LEASE, 1).get(0);
        outbox.failed(one, "no answer", TEN.plusSeconds(1), TEN.minusSeconds(9));
        outbox.pause("oss", TEN.plusSeconds(60), TEN.minusSeconds(9), "no answer");

        assertThat(outbox.due(TEN.plusSeconds(2))).containsExactly("crm");
        assertThat(outbox.due(TEN.plusSeconds(60))).containsExactlyInAnyOrder("crm", "oss");
        List<EventDelivery> later = outbox.claim("oss", TEN.plusSeconds(60), LEASE, 1);
        assertThat(later.get(0).to().failures()).isEqualTo(1);
        outbox.delivered(later);
        assertThat(outbox.find("oss").orElseThrow().failures()).isZero();
    }

    @Test
    void pause_whatWaitsTooLong_isGivenUp() {
        add("e1", "A", "oss");
        outbox.pause("oss", TEN.plusSeconds(60), TEN, "no answer");
        assertThat(givenUp).extracting(EventDelivery::reason).containsExactly("no answer");
        assertThat(outbox.backlog())
                .extracting(one -> one.subscriptionId() + one.waiting())
                .containsExactly("oss0", "crm0");
        assertThat(outbox.sweep(TEN.plus(Duration.ofHours(1)))).isZero();
    }

    @Test
    void unsubscribe_forgetsWhatWaits() {
        add("e1", "A", "oss");
        assertThat(outbox.unsubscribe("oss")).isTrue();
        assertThat(outbox.unsubscribe("oss")).isFalse();
        assertThat(outbox.due(TEN)).isEmpty();
        add("e2", "A", "oss");
        assertThat(outbox.due(TEN)).isEmpty();
    }
}
