package dev.provhub.routing;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The step in which a request has failed.
 *
 * @param cause  what it has thrown
 * @param route  in which it stands
 * @param step   its id
 * @param script file and line of the site's own script that it has run, such as {@code ext/my-step.groovy:2}; empty for none
 */
public record FailedStep(Throwable cause, String route, String step, String script) {
    /** Property of an exchange: the last step that has failed. */
    static final String PROPERTY = "hubFailedStep";

    private static final String GROOVY = ".groovy";

    /** Notes a step that has just ended, when it has failed and none within it has. */
    static void note(Exchange exchange, String route, String step) {
        Throwable cause = exchange.getException();
        if (cause == null) {
            return;
        }
        if (exchange.getProperty(PROPERTY) instanceof FailedStep known && known.cause() == cause) {
            return;
        }
        exchange.setProperty(PROPERTY, new FailedStep(cause, route, step, script(cause)));
    }

    /** The one that has thrown what a request has failed by; empty when no step has. */
    public static Optional<FailedStep> of(Exchange exchange, @Nullable Throwable cause) {
        return exchange.getProperty(PROPERTY) instanceof FailedStep known && known.cause() == cause
                ? Optional.of(known)
                : Optional.empty();
    }

    /** What it was, in one line and without secrets. */
    public String reason() {
        return Masked.failure(cause.getClass().getSimpleName() + ": " + Reasons.of(cause));
    }

    private static String script(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            for (StackTraceElement element : cause.getStackTrace()) {
                String file = element.getFileName();
                if (file != null && file.endsWith(GROOVY)) {
                    return "ext/" + file + ":" + element.getLineNumber();
                }
            }
        }
        return "";
    }

    /** Step and script; no secrets. */
    @Override
    public String toString() {
        return script.isEmpty() ? step : step + " (" + script + ")";
    }
}
