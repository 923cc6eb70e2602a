package dev.provhub.order;

/** What is asked of an order is not possible as things stand. The message is for the orderer. */
public final class OrderConflict extends RuntimeException {
    /** Says why. */
    public OrderConflict(String reason) {
        super(reason, null, false, false);
    }
}
