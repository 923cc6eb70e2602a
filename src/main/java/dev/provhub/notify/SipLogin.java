package dev.provhub.notify;

/**
 * What a digest challenge is answered with.
 *
 * @param user     name
 * @param password secret; may be empty
 */
public record SipLogin(String user, String password) {
    /** Leaves the password out. */
    @Override
    public String toString() {
        return "SipLogin[" + user + "]";
    }
}
