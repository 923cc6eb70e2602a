package dev.provhub.ops.logging;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/** While it is open, hubs of this process say only what is not well. */
public final class QuietLog implements AutoCloseable {
    private static final String HUB = "dev.provhub";

    private final Level before = LogManager.getLogger(HUB).getLevel();

    /** Begins; what is told less than that already stays so. */
    public QuietLog() {
        if (before.isLessSpecificThan(Level.WARN)) {
            Configurator.setLevel(HUB, Level.WARN);
        }
    }

    @Override
    public void close() {
        Configurator.setLevel(HUB, before);
    }
}
