package dev.provhub.order;

import java.util.Optional;

/** How far feeds have come. Thread-safe. Each method is one transaction, or part of the unit of work around it. */
public interface FeedMarks {
    /** What was set last for a feed. */
    Optional<String> find(String feed);

    /** A feed has come to here. */
    void set(String feed, String mark);
}
