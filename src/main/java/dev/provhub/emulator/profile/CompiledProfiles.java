package dev.provhub.emulator.profile;

/** Opens what the vendor's profile compiler made: a form that is not published, so that somebody else's program must do it. */
@FunctionalInterface
public interface CompiledProfiles {
    /** A phone without such a program. */
    CompiledProfiles CLOSED = (body, mac, key) -> {
        throw new CorruptFileException("neither XML, gzip nor an encrypted file");
    };

    /**
     * Opens a file.
     *
     * @param mac of the phone, twelve lower-case hex digits
     * @param key argument of {@code --key}; empty when the rule had none
     * @return an open (XML) profile, or the compiler's own text form
     * @throws CorruptFileException when it does not open
     */
    byte[] open(byte[] body, String mac, String key) throws CorruptFileException;
}
