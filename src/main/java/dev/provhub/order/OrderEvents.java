package dev.provhub.order;

import org.jspecify.annotations.Nullable;

/** Who is told what becomes of orders. Called inside the unit of work that keeps the change. */
public interface OrderEvents {
    /** Tells nobody. */
    OrderEvents NONE = new OrderEvents() {
        @Override
        public void changed(@Nullable ServiceOrder before, ServiceOrder after) {}

        @Override
        public void deleted(ServiceOrder order) {}

        @Override
        public void cancelling(@Nullable CancelTask before, CancelTask after) {}
    };

    /** @param before null for an order that is new */
    void changed(@Nullable ServiceOrder before, ServiceOrder after);

    /** An order was taken and, before anybody saw it, carried out. To be told as two changes. */
    default void takenAndCarriedOut(ServiceOrder taken, ServiceOrder after) {
        changed(null, taken);
        changed(taken, after);
    }

    /** An order is forgotten. */
    void deleted(ServiceOrder order);

    /** @param before null for one that is new */
    void cancelling(@Nullable CancelTask before, CancelTask after);
}
