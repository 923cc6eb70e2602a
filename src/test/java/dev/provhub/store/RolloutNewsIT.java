package dev.provhub.store;

import static dev.provhub.store.RolloutSite.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.SettableClock;
import dev.provhub.rollout.RolloutNews;
import dev.provhub.steps.RolloutsStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is to be told of rollouts is told, also when a hub dies meanwhile. */
@ParameterizedClass
@EnumSource(Engine.class)
class RolloutNewsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(RolloutSite.TEN);
    private String url;
    private RolloutSite site;

    @BeforeEach
    void open() {
        url = engine.freshUrl(folder);
        site = new RolloutSite(Engine.open(url), clock, false);
        site.with(2, "7.5.2b");
        site.create("");
        site.turn();
        site.arrives(0);
        site.arrives(1);
        site.turn();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void news_thatAHubHasTakenAndNotTold_areTakenAgainLater() {
        RolloutNews.News lost = site.desk.turn().news();
        assertThat(lost.rollouts()).hasSize(1);
        assertThat(lost.milestones()).hasSize(2);
        site.close();

        site = new RolloutSite(Engine.open(url), clock, false);
        clock.forward(Duration.ofMinutes(59));
        assertThat(site.desk.turn().news().milestones()).isEmpty();
        clock.forward(Duration.ofMinutes(2));
        RolloutNews.News again = site.desk.turn().news();
        assertThat(again.milestones()).isEqualTo(lost.milestones());
        assertThat(again.rollouts()).hasSize(1);

        // What the first hub has told after all, when it was late, is not what the second one has in hand
        site.desk.turn().told(lost.receipt(lost.milestones().get(0)));
        again.milestones().forEach(one -> site.desk.turn().told(again.receipt(one)));
        again.rollouts().forEach(one -> site.desk.turn().told(again.receipt(one)));
        assertThat(site.desk.turn().news().milestones()).isEmpty();
        clock.forward(Duration.ofHours(3));
        assertThat(site.desk.turn().news().milestones()).isEmpty();
        assertThat(site.desk.turn().news().rollouts()).isEmpty();
    }

    @Test
    void news_takenByAClockThatWasAhead_areTakenAgain() {
        clock.forward(Duration.ofDays(400));
        assertThat(site.desk.turn().news().milestones()).hasSize(2);
        clock.forward(Duration.ofDays(-400));

        assertThat(site.desk.turn().news().milestones()).hasSize(2);
    }

    /** After what was told has been written down. */
    private long untold() {
        assertThat(site.desk.turn().news().milestones()).isEmpty();
        return site.database
                .jdbc()
                .query(
                        "select (select count(*) from rollout_device where untold) + (select count(*) from rollout where untold)",
                        Binder.NONE,
                        row -> row.getLong(1))
                .get(0);
    }

    @Test
    void telling_isDoneWhenTheQueueThatItWasHandedToIsThrough() throws Exception {
        RolloutsStep step = new RolloutsStep(
                site.desk, site.poll, new RolloutsStep.Words(rollout -> "rollout", milestone -> milestone
                        .mac()
                        .hex()));
        CountDownLatch sent = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("rollouts", step);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:turn")
                            .bean("rollouts", "turn")
                            .split(body())
                            .bean("rollouts", "telling")
                            .to("seda:out?waitForTaskToComplete=Never&discardWhenFull=true");
                    from("seda:out").process(exchange -> {
                        assertThat(exchange.getMessage().getBody(String.class))
                                .isIn("rollout", mac(0).hex(), mac(1).hex());
                        go.await();
                        sent.countDown();
                    });
                }
            });
            camel.start();
            camel.createProducerTemplate().sendBody("direct:turn", "");
            assertThat(untold()).isEqualTo(3);

            go.countDown();
            assertThat(sent.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(SOON).until(() -> untold() == 0);
        }
    }
}
