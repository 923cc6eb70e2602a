package dev.provhub.order;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What items read as, for tests of other packages. */
public final class OrderReadings {
    private OrderReadings() {}

    /** An item that adds a line and is in order. */
    public static LineOrder good(OrderMapping mapping, Map<String, String> named, @Nullable LineOrder was) {
        return ((OrderMapping.Reading.Good) mapping.read(OrderAction.ADD, named, new KnownModels(), was)).order();
    }
}
