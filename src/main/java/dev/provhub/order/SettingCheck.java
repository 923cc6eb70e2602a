package dev.provhub.order;

import java.util.Optional;

/** What orders need to know of the phones' parameters. */
public interface SettingCheck {
    /** For where no order says a setting. */
    SettingCheck NONE = new SettingCheck() {
        @Override
        public boolean isKnown(String parameter) {
            return false;
        }

        @Override
        public Optional<String> complaint(String parameter, String value) {
            return Optional.empty();
        }
    };

    /** Whether some model has it. */
    boolean isKnown(String parameter);

    /** What would have been right, where a value is not; empty when it is, or for a parameter that is not known. */
    Optional<String> complaint(String parameter, String value);
}
