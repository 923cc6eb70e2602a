package dev.provhub.command;

import dev.provhub.emulator.VirtualPhone;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code --until}: when a virtual phone has come far enough. */
final class PhoneGoal {
    static final String FORMS = "secured, a version such as 7.6.2g, or NAME=VALUE of a parameter";

    private PhoneGoal() {}

    /** Empty when it is none of the forms. */
    static Optional<Predicate<VirtualPhone>> parse(String text) {
        int equals = text.indexOf('=');
        if (text.equals("secured")) {
            return Optional.of(VirtualPhone::isSecured);
        }
        if (equals > 0) {
            String name = text.substring(0, equals);
            String value = text.substring(equals + 1);
            return Optional.of(phone -> phone.parameter(name).equals(value));
        }
        return text.matches("[0-9A-Za-z_.()-]*[0-9][0-9A-Za-z_.()-]*")
                ? Optional.of(phone -> phone.softwareVersion().equals(text))
                : Optional.empty();
    }
}
