package dev.provhub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What this JVM logs while it is open, with stack traces. */
public final class LoggedText implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender =
            new AbstractAppender("logged-text", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    StringBuilder text = new StringBuilder(event.getMessage().getFormattedMessage());
                    for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
                        text.append('\n').append(cause);
                    }
                    lines.add(text.toString());
                }
            };

    public LoggedText() {
        appender.start();
        root.getContext().getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
    }

    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        root.getContext().getConfiguration().getRootLogger().removeAppender("logged-text");
        appender.stop();
    }
}
