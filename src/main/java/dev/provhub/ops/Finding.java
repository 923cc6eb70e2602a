package dev.provhub.ops;

import org.jspecify.annotations.Nullable;

/**
 * What a check has found.
 *
 * @param state  how it is
 * @param reason why, in words for an operator, without secrets; a remark when all is well; null for nothing to say
 */
public record Finding(State state, @Nullable String reason) {
    /** From good to bad. */
    public enum State {
        /** As it must be. */
        UP,
        /** The hub serves, and somebody has to do something. */
        DEGRADED,
        /** The hub cannot serve: a balancer asks another one. */
        DOWN
    }

    /** All is well. */
    public static Finding up() {
        return new Finding(State.UP, null);
    }

    /** All is well, and there is something to know. */
    public static Finding up(String remark) {
        return new Finding(State.UP, remark);
    }

    /** The hub serves, and somebody has to do something. */
    public static Finding degraded(String reason) {
        return new Finding(State.DEGRADED, reason);
    }

    /** The hub cannot serve. */
    public static Finding down(String reason) {
        return new Finding(State.DOWN, reason);
    }
}
