package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners to events that take a connection and never answer: others hear at once, and what they missed ends with a person. */
class StallingListenerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BASE = "/tmf-api/serviceOrdering/v4";
    private static final String[] EVENTS = {
        "ServiceOrderCreateEvent", "ServiceOrderMilestoneEvent", "ServiceOrderStateChangeEvent"
    };

    @TempDir
    private Path folder;

    /** Runs like every other, and can be put forward. */
    private static final class ForwardClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static String register(HubUnderTest hub, String callback) throws Exception {
        var answer = hub.post(BASE + "/hub", "application/json", "{\"callback\": \"" + callback + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private static List<JsonNode> faultsOf(HubUnderTest hub, String listener) throws Exception {
        JsonNode faults = JSON.readTree(hub.get("/api/v1/faults").body()).path("faults");
        return StreamSupport.stream(faults.spliterator(), false)
                .filter(fault -> fault.path("subject").asText().contains("for listener " + listener))
                .toList();
    }

    @Test
    void listenersThatNeverAnswer_holdUpNoOther_andTheirEventsAreFaultsThatCanBeReplayed() throws Exception {
        ForwardClock clock = new ForwardClock();
        try (LoggedText log = new LoggedText();
                EventListener good = new EventListener();
                StallingListener dripping = StallingListener.dripping();
                StallingListener silent = StallingListener.silent();
                HubUnderTest hub = HubUnderTest.start(
                        folder.resolve("data"),
                        Map.of("hub.events.allow", good.url() + "," + dripping.url() + "," + silent.url()),
                        clock)) {
            String drips = register(hub, dripping.url() + "/");
            String says = register(hub, silent.url() + "/");
            register(hub, good.url() + "/");

            assertThat(hub.order(Files.readString(Path.of("docs/examples/order.json")))
                            .statusCode())
                    .isEqualTo(201);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(good.types()).containsExactly(EVENTS));
            await().atMost(PATIENCE).until(() -> dripping.asked() > 0 && silent.asked() > 0);
            // The hub's deadline, not theirs: the answer would take a quarter of an hour
            await().atMost(PATIENCE).until(() -> dripping.leftAlone() > 0 && silent.leftAlone() > 0);
            int before = Math.min(dripping.asked(), silent.asked());
            dripping.cutOff();
            silent.cutOff();
            await().atMost(PATIENCE).until(() -> Math.min(dripping.asked(), silent.asked()) > before);
            assertThat(faultsOf(hub, drips)).isEmpty();

            clock.forward(Duration.ofHours(25));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(faultsOf(hub, drips)).hasSize(EVENTS.length);
                assertThat(faultsOf(hub, says)).hasSize(EVENTS.length);
            });
            assertThat(good.types()).containsExactly(EVENTS);
            assertThat(hub.command("fault", "list", "--feed", "publish-events-send")
                            .ending(0))
                    .contains(EVENTS)
                    .contains("no answer");
            List<String> drop = new ArrayList<>(List.of("fault", "drop"));
            faultsOf(hub, says).forEach(fault -> drop.add(fault.path("id").asText()));
            hub.command(drop.toArray(String[]::new)).ending(0);
            dripping.mend();

            assertThat(hub.command("fault", "retry", "--all").ending(0)).contains("done");

            await().atMost(PATIENCE).until(() -> dripping.received().size() >= EVENTS.length);
            List<String> types = new ArrayList<>();
            for (String event : dripping.received()) {
                types.add(JSON.readTree(event).path("eventType").asText());
            }
            assertThat(types).as("in the order in which they came about").containsExactly(EVENTS);
            assertThat(hub.get("/api/v1/faults").body()).contains("\"count\":0");
            assertThat(log.text())
                    .as("a line for each try")
                    .contains("events not taken")
                    .doesNotContain("Failed delivery");
        }
    }
}
