package dev.provhub.tftp.server;

import org.jspecify.annotations.Nullable;

/** Those whose client has not yet been heard of again, oldest first. Costs nothing beside the sessions themselves. */
final class UnheardSessions {
    private @Nullable Session oldest;
    private @Nullable Session newest;

    void add(Session session) {
        if (session.listedUnheard) {
            return;
        }
        session.listedUnheard = true;
        session.older = newest;
        if (newest == null) {
            oldest = session;
        } else {
            newest.newer = session;
        }
        newest = session;
    }

    void remove(Session session) {
        if (!session.listedUnheard) {
            return;
        }
        session.listedUnheard = false;
        Session before = session.older;
        Session after = session.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        session.older = null;
        session.newer = null;
    }

    /** Null when there is none. */
    @Nullable
    Session oldest() {
        return oldest;
    }
}
