package dev.provhub.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.SettableClock;
import java.time.Duration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    private static final String LOGGER = "dev.provhub.nothing.of.the.kind";

    private final SettableClock clock = new SettableClock();

    @Test
    void fallBack_whenTheTimeIsOver_isAgainWhatItWas() {
        try (LogLevels levels = new LogLevels(clock)) {
            Level before = LogManager.getLogger(LOGGER).getLevel();
            levels.set(LOGGER, "trace", Duration.ofMinutes(10));
            levels.set(LOGGER, "debug", Duration.ofMinutes(30));
            assertThat(LogManager.getLogger(LOGGER).getLevel()).isEqualTo(Level.DEBUG);
            assertThat(levels.all()).anySatisfy(shown -> {
                assertThat(shown.logger()).isEqualTo(LOGGER);
                assertThat(shown.until()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
            });

            clock.forward(Duration.ofMinutes(29));
            assertThat(levels.fallBack()).isEmpty();
            clock.forward(Duration.ofMinutes(1));
            assertThat(levels.fallBack()).containsExactly(LOGGER);

            assertThat(LogManager.getLogger(LOGGER).getLevel()).isEqualTo(before);
            assertThat(levels.all()).noneMatch(shown -> shown.logger().equals(LOGGER));
            assertThat(levels.fallBack()).isEmpty();
        }
    }

    @Test
    void set_root_isTheRootLoggerAndNotOneOfThatName() {
        try (LogLevels levels = new LogLevels(clock)) {
            Level before = LogManager.getRootLogger().getLevel();
            levels.set("root", "error", Duration.ofMinutes(10));
            assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(Level.ERROR);
            assertThat(levels.all().stream().filter(shown -> shown.logger().equals("root")))
                    .singleElement()
                    .satisfies(shown -> assertThat(shown.until()).isNotNull());
            clock.forward(Duration.ofMinutes(11));
            levels.fallBack();
            assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(before);
        }
    }

    @Test
    void json_messageWithLineEndsAndAnError_isOneObjectOnOneLine() throws Exception {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        String line = LogFormat.layout(context.getConfiguration())
                .toSerializable(Log4jLogEvent.newBuilder()
                        .setLoggerName("dev.provhub.Hub")
                        .setLevel(Level.WARN)
                        .setMessage(new SimpleMessage("one\ntwo \"three\" \u001b[31m \u0000"))
                        .setThrown(new IllegalStateException("line 1\nline 2"))
                        .build());

        assertThat(line.strip()).doesNotContain("\n", "\u001b", "\u0000");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("message").asText()).isEqualTo("one\ntwo \"three\" \u001b[31m \u0000");
        assertThat(json.path("log.level").asText()).isEqualTo("WARN");
        assertThat(json.path("log.logger").asText()).isEqualTo("dev.provhub.Hub");
        assertThat(json.has("@timestamp")).isTrue();
        assertThat(json.path("error.stack_trace").asText()).contains("IllegalStateException", "line 2");
    }
}
