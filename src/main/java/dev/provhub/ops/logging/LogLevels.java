package dev.provhub.ops.logging;

import dev.provhub.steps.LogLevelsStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

/**
 * How much is logged, changed for a time while the hub runs. Only the hub's own loggers go below {@code info}: other programs' parts
 * print what they carry, and that may be a token, a directory or a password. Thread-safe; the levels are those of the process.
 */
public final class LogLevels implements LogLevelsStep.Levels, AutoCloseable {
    private static final List<String> OWN = List.of("dev.provhub", "hub");
    private static final String ROOT = "root";
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_$.-]{0,199}";

    private final Clock clock;
    private final Map<String, Change> changes = new TreeMap<>();

    /** Begins with the levels as they are. */
    public LogLevels(Clock clock) {
        this.clock = clock;
    }

    /** @param before null when the logger had no level of its own */
    private record Change(@Nullable Level before, Instant until) {}

    /**
     * Changes one.
     *
     * @param level {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}
     * @throws IllegalArgumentException with what is allowed
     */
    @Override
    public synchronized void set(String logger, String level, Duration time) {
        Level wanted = checked(logger, level);
        String name = nameOf(logger);
        Change earlier = changes.get(name);
        Level before = earlier == null ? ownLevel(name) : earlier.before();
        changes.put(name, new Change(before, clock.instant().plus(time)));
        Configurator.setLevel(name, wanted);
    }

    /** What people and lists call root has no name. */
    private static String nameOf(String logger) {
        return logger.equalsIgnoreCase(ROOT) ? LogManager.ROOT_LOGGER_NAME : logger;
    }

    @Override
    public void check(String logger, String level) {
        checked(logger, level);
    }

    private static Level checked(String logger, String level) {
        if (!logger.matches(NAME)) {
            throw new IllegalArgumentException("logger is not the name of a logger, such as dev.provhub.steps");
        }
        if (!List.of("trace", "debug", "info", "warn", "error", "off").contains(level)) {
            throw new IllegalArgumentException("level is not one of trace, debug, info, warn, error, off");
        }
        Level wanted = Level.valueOf(level.toUpperCase(Locale.ROOT));
        boolean isOwn = OWN.stream().anyMatch(own -> logger.equals(own) || logger.startsWith(own + "."));
        if (!isOwn && wanted.isLessSpecificThan(Level.DEBUG)) {
            throw new IllegalArgumentException(
                    "only dev.provhub and hub go below info: other loggers may print secrets");
        }
        return wanted;
    }

    /** Ends the changes whose time is over. */
    @Override
    public synchronized List<String> fallBack() {
        Instant now = clock.instant();
        List<String> over = new ArrayList<>();
        changes.forEach((logger, change) -> {
            if (!change.until().isAfter(now)) {
                over.add(logger);
            }
        });
        over.forEach(this::end);
        return over;
    }

    private void end(String logger) {
        Change change = changes.remove(logger);
        if (change != null && change.before() != null) {
            Configurator.setLevel(logger, change.before());
        } else if (change != null) {
            context().getConfiguration().removeLogger(logger);
            context().updateLoggers();
        }
    }

    /** Every logger that has a level of its own, in order of their names. */
    @Override
    public synchronized List<LogLevelsStep.Shown> all() {
        Map<String, LogLevelsStep.Shown> all = new TreeMap<>();
        context().getConfiguration().getLoggers().forEach((name, config) -> {
            Change change = changes.get(name);
            all.put(
                    name,
                    new LogLevelsStep.Shown(
                            name.isEmpty() ? ROOT : name,
                            config.getLevel().name().toLowerCase(Locale.ROOT),
                            change == null ? null : change.until()));
        });
        return List.copyOf(all.values());
    }

    private static @Nullable Level ownLevel(String logger) {
        LoggerConfig config = context().getConfiguration().getLoggers().get(logger);
        return config == null ? null : config.getLevel();
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    /** Ends every change. */
    @Override
    public synchronized void close() {
        List.copyOf(changes.keySet()).forEach(this::end);
    }
}
