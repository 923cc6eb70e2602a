package dev.provhub.profile;

/** Makes the secrets that a device needs and nobody has to know, such as the password of its page. Thread-safe. */
@FunctionalInterface
public interface DerivedSecrets {
    /**
     * The secret of a name for a device: always the same for the same seed and name, and not to be guessed without the seed.
     *
     * @param seed random text of the device
     * @param name e.g. {@code admin-password}
     * @return printable ASCII that every parameter takes, 4 to 32 characters
     */
    String derive(String seed, String name);
}
