package dev.provhub.notify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One login that is tried at whoever asks for it. */
final class LoginAttempt {
    private final String header;
    private final SipLogin login;
    private @Nullable DigestChallenge challenge;
    private String cnonce = "";
    private int count;
    private boolean staleTaken;

    /** @param header name of the header that answers */
    LoginAttempt(String header, SipLogin login) {
        this.header = header;
        this.login = login;
    }

    /**
     * Takes a challenge up. A second one means that the login is wrong, unless it says that only the nonce was too old, once.
     *
     * @return false when the login was refused
     */
    boolean take(DigestChallenge asked, String newCnonce) {
        if (challenge != null) {
            boolean renewed = asked.stale() && !staleTaken && !asked.nonce().equals(challenge.nonce());
            if (!renewed) {
                return false;
            }
            staleTaken = true;
        }
        challenge = asked;
        cnonce = newCnonce;
        count = 0;
        return true;
    }

    /** The header line for the next request; none before there was a challenge. */
    Optional<String> line(String uri) {
        if (challenge == null) {
            return Optional.empty();
        }
        count++;
        return Optional.of(
                header + ": " + new DigestAnswer(challenge, login, NotifyMessage.METHOD, uri, cnonce, count).header());
    }
}
