package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code logLevels}: how much is logged, changed for a time. */
public final class LogLevelsStep {
    private static final Logger LOG = LoggerFactory.getLogger(LogLevelsStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 4096;
    private static final int USUAL_MINUTES = 30;
    private static final int MOST_MINUTES = 24 * 60;

    private final Levels levels;
    private final UnitOfWork work;
    private final AuditLog audit;

    /** What this process logs. */
    public interface Levels {
        /** @throws IllegalArgumentException with what is allowed */
        void check(String logger, String level);

        /** Changes one for a time. */
        void set(String logger, String level, Duration time);

        /** Ends what is over, and tells which. */
        List<String> fallBack();

        /** All that have a level of their own. */
        List<Shown> all();
    }

    /** @param until when it falls back; null for never */
    public record Shown(
            String logger, String level, @Nullable Instant until) {}

    /** Needs the levels, and where changes are written down. */
    public LogLevelsStep(Levels levels, UnitOfWork work, AuditLog audit) {
        this.levels = levels;
        this.work = work;
        this.audit = audit;
    }

    /** 200 with every logger that has a level of its own. */
    public void list(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("loggers");
        levels.all().forEach(one -> all.addObject()
                .put("logger", one.logger())
                .put("level", one.level())
                .put("until", one.until() == null ? null : one.until().toString()));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** {@code {"logger": …, "level": …, "minutes": 1 to 1440, 30 when missing}}: 200 with all; 422 with what is allowed. */
    public void set(Exchange exchange) {
        try {
            JsonNode body = ApiAnswers.object(exchange, LARGEST_BODY_BYTES, Set.of("logger", "level", "minutes"));
            String logger = body.path("logger").asText();
            String level = body.path("level").asText();
            boolean isNumber = body.path("minutes").isInt();
            int minutes = isNumber ? body.path("minutes").intValue() : body.has("minutes") ? 0 : USUAL_MINUTES;
            if (minutes < 1 || minutes > MOST_MINUTES) {
                throw new IllegalArgumentException("minutes is not a whole number from 1 to " + MOST_MINUTES);
            }
            levels.check(logger, level);
            String who = HubExchange.caller(exchange);
            work.run(() -> {
                audit.add(who, "log level set logger=" + logger + " level=" + level + " minutes=" + minutes);
                return logger;
            });
            levels.set(logger, level, Duration.ofMinutes(minutes));
            LOG.info("Log level set logger={} level={} minutes={}", logger, level, minutes);
            list(exchange);
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    /** Levels whose time is over are again what they were. */
    public void fallBack() {
        levels.fallBack().forEach(logger -> LOG.info("Log level fell back logger={}", logger));
    }
}
