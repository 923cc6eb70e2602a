package dev.provhub.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ops.HealthReport.Check;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AbstractAppender appender =
            new AbstractAppender("health-log", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    if (event.getLoggerName().equals(HealthLog.class.getName())) {
                        lines.add(event.getMessage().getFormattedMessage());
                    }
                }
            };

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final HealthLog log = new HealthLog(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @BeforeEach
    void listen() {
        appender.start();
        ((Logger) LogManager.getRootLogger())
                .getContext()
                .getConfiguration()
                .getRootLogger()
                .addAppender(appender, Level.ALL, null);
    }

    @AfterEach
    void leave() {
        ((Logger) LogManager.getRootLogger())
                .getContext()
                .getConfiguration()
                .getRootLogger()
                .removeAppender("health-log");
    }

    private void tell(Finding finding, Duration later) {
        now = now.plus(later);
        log.tell(new HealthReport(List.of(new Check("certificates", finding))));
    }

    @Test
    void tell_eachMinuteForTwoDays_isALineADay() {
        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            tell(Finding.degraded("ends in " + minute), Duration.ofMinutes(1));
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("check=certificates", "state=DEGRADED", "reason=\"ends in 0\"");
        assertThat(lines.get(1)).contains("reason=\"ends in 1440\"");
    }

    @Test
    void tell_worseOrWellAgain_isToldAtOnce() {
        tell(Finding.up(), Duration.ofMinutes(1));
        tell(Finding.degraded("soon"), Duration.ofMinutes(1));
        tell(Finding.down("over"), Duration.ofMinutes(1));
        tell(Finding.up(), Duration.ofMinutes(1));
        tell(Finding.up(), Duration.ofMinutes(1));
        tell(Finding.degraded("soon"), Duration.ofMinutes(1));

        assertThat(lines)
                .extracting(line -> line.replaceAll(" check=certificates.*", ""))
                .containsExactly(
                        "A check is not well", "A check is not well", "A check is well again", "A check is not well");
    }
}
