package dev.provhub;

import dev.provhub.device.PlaceNames;
import dev.provhub.order.GeneratedPasswords;
import dev.provhub.order.OrderMapping;
import java.util.function.Supplier;

/** The mapping in force, with what makes SIP passwords where it says so. */
final class HubMapping implements Supplier<OrderMapping> {
    private final Supplier<OrderMapping> inForce;
    private final GeneratedPasswords passwords;
    private final PlaceNames places;
    private volatile Pair last;

    private record Pair(OrderMapping plain, OrderMapping whole) {}

    HubMapping(Supplier<OrderMapping> inForce, GeneratedPasswords passwords, PlaceNames places) {
        this.inForce = inForce;
        this.passwords = passwords;
        this.places = places;
        this.last = pair(inForce.get());
    }

    private Pair pair(OrderMapping plain) {
        return new Pair(plain, plain.withPasswords(passwords).withPlaces(places));
    }

    @Override
    public OrderMapping get() {
        Pair known = last;
        OrderMapping plain = inForce.get();
        if (known.plain() != plain) {
            known = pair(plain);
            last = known;
        }
        return known.whole();
    }
}
