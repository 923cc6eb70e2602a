package dev.provhub.order;

import java.util.Arrays;
import java.util.Optional;

/** What an item asks for (TMF641 v4.1, OrderItemActionType). */
public enum OrderAction {
    /** The line shall be there as described; what was there before under its number is replaced. */
    ADD("add"),
    /** Only what is given changes; the line must be there. */
    MODIFY("modify"),
    /** The line shall not be there. */
    DELETE("delete"),
    /** Named for completeness, nothing happens. */
    NO_CHANGE("noChange");

    private final String wireName;

    OrderAction(String wireName) {
        this.wireName = wireName;
    }

    /** The standard's word. */
    public String wireName() {
        return wireName;
    }

    /** The action of this word, without regard to case; empty when there is none. */
    public static Optional<OrderAction> find(String word) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equalsIgnoreCase(word))
                .findFirst();
    }
}
