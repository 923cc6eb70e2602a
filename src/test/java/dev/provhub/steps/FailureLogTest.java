package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private static final String NAME = "failure-log-test";

    private final List<String> told = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final FailureLog failures =
            new FailureLog(LoggerFactory.getLogger(NAME), "Request failed", new SeldomSaid(clock));
    private final Logger logger = (Logger) LogManager.getLogger(NAME);
    private final AbstractAppender appender = new AbstractAppender(NAME, null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            told.add(event.getMessage().getFormattedMessage() + (event.getThrown() == null ? "" : " +stack"));
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.removeAppender(appender);
    }

    private void fail(String id, RuntimeException cause) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getCamelContextExtension()
                    .addInterceptStrategy(new dev.provhub.routing.Traces(java.time.Clock.systemUTC()));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .routeId("some-route")
                            .onException(Throwable.class)
                            .handled(true)
                            .process(exchange -> failures.tell(
                                    exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)))
                            .end()
                            .choice()
                            .when(constant(true))
                            .process(exchange -> {
                                throw cause;
                            })
                            .id(id)
                            .end();
                }
            });
            context.start();
            context.createProducerTemplate().sendBody("direct:in", "x");
        }
    }

    @Test
    void tell_sameCauseAgain_isOneLineWithTheStepAndTheStackOnceInFiveMinutes() throws Exception {
        fail("some-step", new IllegalStateException("no\nluck password=abc"));
        fail("some-step", new IllegalStateException("no luck"));
        fail("other-step", new IllegalStateException("no luck"));
        clock.forward(Duration.ofMinutes(5));
        fail("some-step", new IllegalStateException("no luck"));

        String line = "Request failed route=some-route step=%s reason=IllegalStateException: no luck";
        assertThat(told)
                .containsExactly(
                        line.formatted("some-step") + " password=*** +stack",
                        line.formatted("some-step"),
                        line.formatted("other-step") + " +stack",
                        line.formatted("some-step") + " +stack");
    }

    @Test
    void tell_scriptThatFails_isToldWithItsLine() throws Exception {
        IllegalStateException cause = new IllegalStateException("no luck");
        cause.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.List", "get", "List.java", 9),
            new StackTraceElement("my-step", "run", "my-step.groovy", 2)
        });

        fail("some-step", cause);

        assertThat(told)
                .containsExactly("Request failed route=some-route step=some-step script=ext/my-step.groovy:2"
                        + " reason=IllegalStateException: no luck +stack");
    }
}
