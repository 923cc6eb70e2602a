package dev.provhub.steps;

import dev.provhub.devicelog.PlainText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;

/**
 * How polling the file server of another goes, for a route's {@code pollStrategy}, {@code exceptionHandler} and {@code
 * onCompletionExceptionHandler}. After a failure, be it of the connection or of one file, the server is let alone for 2 s, 4 s, 8 s …
 * up to a minute; the log is told once of each reason and when all is well again. Thread-safe; one for each route.
 */
public final class RemotePolls implements PollingConsumerPollStrategy, ExceptionHandler {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(RemotePolls.class);
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DEEPEST = 10;

    private final String feed;
    private final Clock clock;
    private @Nullable Trouble trouble;
    private boolean failed;

    /**
     * Why it does not go.
     *
     * @param reason in words, without secrets
     * @param since  when it began
     * @param tries  how many have failed since then, from 1
     * @param next   before this there is no other
     */
    private record Trouble(String reason, Instant since, int tries, Instant next) {}

    /** @param feed the route's id, for the log */
    public RemotePolls(String feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** Why the last poll failed and how often in a row; empty when it did not. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble)
                .map(now -> now.reason() + " (since " + now.since() + ", " + now.tries()
                        + (now.tries() == 1 ? " try)" : " tries)"));
    }

    @Override
    public synchronized boolean begin(Consumer consumer, Endpoint endpoint) {
        failed = false;
        return trouble == null || !clock.instant().isBefore(trouble.next());
    }

    @Override
    public synchronized void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        if (trouble != null && !failed) {
            LOG.info("A feed's server is well again feed={} tries={}", feed, trouble.tries());
            trouble = null;
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        fail(cause);
        return false;
    }

    @Override
    public void handleException(Throwable exception) {
        fail(exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        fail(exception);
    }

    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
        fail(exception);
    }

    private synchronized void fail(Throwable cause) {
        Instant now = clock.instant();
        String reason = reason(cause);
        Trouble before = trouble;
        if (before == null || !before.reason().equals(reason)) {
            LOG.warn("A feed's server fails, it is tried again feed={} reason=\"{}\"", feed, reason);
        }
        // A poll of several files may fail for each of them: it is one try
        int tries = before == null ? 1 : before.tries() + (failed ? 0 : 1);
        Duration pause = tries > Long.SIZE / 2 ? LONGEST : SHORTEST.multipliedBy(1L << (tries - 1));
        trouble = new Trouble(
                reason,
                before == null ? now : before.since(),
                tries,
                now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
        failed = true;
    }

    /** From outside in, each only once; what is none of the connection's is named by its kind alone, for it may quote a row. */
    private static String reason(Throwable failure) {
        Set<String> texts = new LinkedHashSet<>();
        @Nullable Throwable one = failure;
        for (int depth = 0; one != null && depth < DEEPEST; depth++, one = one.getCause()) {
            boolean tells = one instanceof GenericFileOperationFailedException
                    || one instanceof IOException
                    || one.getClass().getName().startsWith("com.jcraft.jsch.");
            String message = one.getMessage();
            texts.add(
                    tells && message != null
                            ? message.replaceFirst("^(?:[\\w.]+Exception: )+", "")
                            : one.getClass().getSimpleName());
        }
        return PlainText.of(String.join(": ", texts));
    }
}
