package dev.provhub.order;

/** What is asked of an order is not possible as things stand. The message is for the orderer. */
public final class OrderConflict extends RuntimeException {
    private final boolean isOfName;

    /** Says why. */
    public OrderConflict(String reason) {
        this(reason, false);
    }

    private OrderConflict(String reason, boolean isOfName) {
        super(reason, null, false, false);
        this.isOfName = isOfName;
    }

    /** An order cannot be called so, because another one is. */
    static OrderConflict ofName(String externalId) {
        return new OrderConflict("externalId '" + externalId + "' is that of another order", true);
    }

    /** Whether it is about the name of an order. */
    public boolean isOfName() {
        return isOfName;
    }
}
