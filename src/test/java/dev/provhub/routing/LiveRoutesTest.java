package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.LoggedText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that are edited many times, on contexts without a hub. */
class LiveRoutesTest {
    private static final int FILES = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LISTENER = """
            - route:
                id: take-in
                description: Take what comes
                routeConfigurationId: "*"
                from:
                  uri: seda
                  parameters:
                    name: in
                  steps:
                    - to:
                        id: take-in-0
                        uri: direct
                        parameters:
                          name: f0
            """;
    private static final String FLOW = """
            - route:
                id: flow-N
                description: Answer
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct
                  parameters:
                    name: fN
                  steps:
                    - setBody:
                        id: flow-N-body
                        expression:
                          constant:
                            expression: WORD
            """;

    private final RoutingContexts contexts = new RoutingContexts() {
        @Override
        public CamelContext listening(BeanRepository siteBeans) {
            return running(siteBeans);
        }

        @Override
        public CamelContext running(BeanRepository siteBeans) {
            DefaultCamelContext context = new DefaultCamelContext(false);
            context.getCamelContextExtension().setRegistry(new DefaultRegistry(siteBeans));
            return context;
        }

        @Override
        public void configured(CamelContext listening) {
            // Nothing is behind a path
        }
    };
    private final String[] words = new String[FILES];
    private LiveRoutes live;

    @BeforeEach
    void start() throws Exception {
        java.util.Arrays.fill(words, "first");
        live = LiveRoutes.start(
                set(),
                new RouteCheck(() -> contexts.running(new BeansByName(java.util.Map::of))),
                contexts,
                new Traces(Clock.systemUTC()),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private RouteSet set() {
        List<RouteFile> files = new ArrayList<>();
        files.add(new RouteFile(Path.of("take-in.camel.yaml"), LISTENER, false));
        for (int i = 0; i < FILES; i++) {
            files.add(new RouteFile(
                    Path.of("flow-" + i + ".camel.yaml"),
                    FLOW.replace("N", String.valueOf(i)).replace("WORD", words[i]),
                    false));
        }
        return new RouteSet(files);
    }

    private void edit(int file, String word) {
        words[file] = word;
        live.offer(set());
        assertThat(live.refused()).isEmpty();
    }

    @Test
    void offer_refusedEditThatIsPutBack_isCountedAndTold() {
        String good = words[3];
        words[3] = "\"x";
        live.offer(set());
        assertThat(live.refused()).isNotEmpty();
        try (LoggedText log = new LoggedText()) {
            words[3] = good;
            live.offer(set());
            live.offer(set());

            assertThat(live.refused()).isEmpty();
            assertThat(live.reloads()).isEqualTo(new RoutesState.Reloads(0, 1, 0, 1));
            assertThat(log.text()).contains("Routes are well again").doesNotContain("Routes changed");
        }
    }

    @Test
    void fold_afterManyEdits_leavesOneEditionAndFailsNoRequestAndStopsNoListener() throws Exception {
        for (int i = 0; i < 6; i++) {
            edit(i, "second");
        }
        assertThat(live.generations()).isEqualTo(7);
        Route listener = live.context().getRoute("take-in");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        ProducerTemplate template = live.context().createProducerTemplate();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                assertThat(template.requestBody("seda:in", "x", String.class)).isEqualTo("second");
                answers.incrementAndGet();
            }
        });
        await().atMost(SOON).until(() -> answers.get() > 0);

        assertThat(live.fold()).isTrue();

        await().atMost(SOON).until(() -> live.generations() == 1);
        int before = answers.get();
        await().atMost(SOON).until(() -> answers.get() > before || asking.isDone());
        isOver.set(true);
        asking.get();
        assertThat(live.context().getRoute("take-in")).isSameAs(listener);
        assertThat(live.reloads().applied()).isEqualTo(6);
        edit(0, "third");
        assertThat(template.requestBody("seda:in", "x", String.class)).isEqualTo("third");
        assertThat(live.generations()).isEqualTo(2);
    }

    @Test
    void fold_whenThereAreFewEditions_doesNothing() {
        edit(0, "second");

        assertThat(live.fold()).isFalse();
        assertThat(live.generations()).isEqualTo(2);
    }

    @Test
    void edits_ofManyBeans_doNotMakeEachSaveLoadEverything() {
        List<RouteFile> files = new ArrayList<>(set().files());
        for (int i = 0; i < 17; i++) {
            files.add(new RouteFile(Path.of("step-" + i + ".groovy"), "message.body = '" + i + "'", true));
            live.offer(new RouteSet(files));
            assertThat(live.refused()).isEmpty();
        }
        assertThat(live.generations()).isEqualTo(18);

        words[3] = "second";
        files.replaceAll(file -> file.name().equals("flow-3.camel.yaml")
                ? new RouteFile(file.file(), FLOW.replace("N", "3").replace("WORD", "second"), false)
                : file);
        live.offer(new RouteSet(files));

        assertThat(live.generations()).isEqualTo(19);
    }
}
