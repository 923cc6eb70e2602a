package dev.provhub.tftp.server;

import org.jspecify.annotations.Nullable;

/**
 * When sessions are looked at again. A coarse wheel: an answer of a client only moves the deadline in its session, and each
 * session is looked at every {@value #LOOK_TICKS} ticks at the latest, so that nothing is ever cancelled. Event loop only.
 */
final class Timers {
    static final long TICK_NANOS = 20_000_000;
    private static final int SLOTS = 8;
    private static final int LOOK_TICKS = 5;

    private final @Nullable Session[] slots = new Session[SLOTS];
    private long lastTick;
    private int size;

    /** Hears of sessions whose deadline has passed. */
    interface Expiry {
        /** May add the session again, or not. */
        void expired(Session session);
    }

    /** Whether there is nothing to wait for. */
    boolean isEmpty() {
        return size == 0;
    }

    /** From now on, unless it is known already. */
    void add(Session session, long nowNanos) {
        if (session.timed) {
            return;
        }
        if (size == 0) {
            lastTick = tickOf(nowNanos);
        }
        long ticks = Math.floorDiv(session.deadlineNanos - nowNanos, TICK_NANOS) + 1;
        int slot = (int) Math.floorMod(lastTick + Math.max(1, Math.min(ticks, LOOK_TICKS)), (long) SLOTS);
        session.nextInSlot = slots[slot];
        slots[slot] = session;
        session.timed = true;
        size++;
    }

    /** Looks at all whose time has come. */
    void turn(long nowNanos, Expiry expiry) {
        long before = lastTick;
        lastTick = tickOf(nowNanos);
        long steps = Math.min(lastTick - before, SLOTS);
        for (long step = 1; step <= steps; step++) {
            int slot = (int) Math.floorMod(before + step, (long) SLOTS);
            Session session = slots[slot];
            slots[slot] = null;
            while (session != null) {
                Session next = session.nextInSlot;
                session.nextInSlot = null;
                session.timed = false;
                size--;
                look(session, nowNanos, expiry);
                session = next;
            }
        }
    }

    private void look(Session session, long nowNanos, Expiry expiry) {
        if (!session.isOver() && session.deadlineNanos - nowNanos <= 0) {
            expiry.expired(session);
        }
        if (!session.isOver()) {
            add(session, nowNanos);
        }
    }

    private static long tickOf(long nanos) {
        return Math.floorDiv(nanos, TICK_NANOS);
    }
}
