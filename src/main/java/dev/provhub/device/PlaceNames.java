package dev.provhub.device;

import java.util.Optional;

/** Which tenants and plans there are, so that a misspelt one is no other place. Asked each time: they change while the hub runs. */
public interface PlaceNames {
    /** Where every name will do. */
    PlaceNames ANY = new PlaceNames() {
        @Override
        public Optional<String> noSuchTenant(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> noSuchPlan(String name) {
            return Optional.empty();
        }
    };

    /** What would have been right where no tenant is called so, for people; empty when one is. */
    Optional<String> noSuchTenant(String name);

    /** What would have been right where no plan is called so, for people; empty when one is. */
    Optional<String> noSuchPlan(String name);
}
