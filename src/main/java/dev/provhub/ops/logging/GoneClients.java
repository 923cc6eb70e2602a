package dev.provhub.ops.logging;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.jspecify.annotations.Nullable;

/** Keeps out of the log that somebody went away while an answer was written: it is no error of anybody who reads the log. */
public final class GoneClients {
    private static final String LISTENERS = "org.apache.camel.component.jetty";

    private GoneClients() {}

    /** From now on, for the whole process. Any thread, any number of times. */
    public static synchronized void keepOut() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LoggerConfig listeners = context.getConfiguration().getLoggerConfig(LISTENERS);
        if (listeners.getName().equals(LISTENERS) && listeners.getFilter() == null) {
            Gone gone = new Gone();
            gone.start();
            listeners.addFilter(gone);
            context.updateLoggers();
        }
    }

    private static final class Gone extends AbstractFilter {
        @Override
        public Result filter(LogEvent event) {
            for (@Nullable Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
                if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
                    return Result.DENY;
                }
            }
            return Result.NEUTRAL;
        }
    }
}
