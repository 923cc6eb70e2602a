package dev.provhub.firmware;

import java.util.Optional;

/** Whether a file may not be downloaded by as many at a time as the hub allows. Asked for each download; must be quick. Any thread. */
@FunctionalInterface
public interface DownloadCaps {
    /** Nothing has a cap of its own. */
    DownloadCaps NONE = file -> Optional.empty();

    /**
     * How many downloads there may be at a time of what belongs together.
     *
     * @param owner what they are counted for
     * @param most  1 or more
     */
    record Cap(String owner, int most) {}

    /**
     * The cap of a file.
     *
     * @param file as the request names it; may be anything
     * @return empty for no cap but the hub's own
     */
    Optional<Cap> of(String file);

    /**
     * A download was turned away, because of this cap or another.
     *
     * @param file as the request names it; may be anything
     */
    default void turnedAway(String file) {}
}
