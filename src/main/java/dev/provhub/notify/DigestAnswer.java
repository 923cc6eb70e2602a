package dev.provhub.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The answer to a challenge (RFC 2617, section 3.2.2; RFC 7616, section 3.4).
 *
 * @param cnonce a random text of ours, the same for as long as the nonce is
 * @param count  how often the nonce has been used with this, from 1
 */
record DigestAnswer(DigestChallenge challenge, SipLogin login, String method, String uri, String cnonce, int count) {
    /** The value of the header Authorization or Proxy-Authorization. */
    String header() {
        StringBuilder header = new StringBuilder("Digest username=")
                .append(SipText.quoted(login.user()))
                .append(", realm=")
                .append(SipText.quoted(challenge.realm()))
                .append(", nonce=")
                .append(SipText.quoted(challenge.nonce()))
                .append(", uri=")
                .append(SipText.quoted(uri))
                .append(", response=\"")
                .append(response())
                .append('"');
        if (challenge.said() != null) {
            header.append(", algorithm=")
                    .append(challenge.algorithm().name().replace('_', '-').replace("-SESS", "-sess"));
        }
        if (challenge.qopAuth() || challenge.algorithm().isSession()) {
            header.append(", cnonce=").append(SipText.quoted(cnonce));
        }
        if (challenge.qopAuth()) {
            header.append(", qop=auth, nc=").append(nonceCount());
        }
        if (challenge.opaque() != null) {
            header.append(", opaque=").append(SipText.quoted(challenge.opaque()));
        }
        return header.toString();
    }

    String response() {
        String secret = hash(login.user() + ":" + challenge.realm() + ":" + login.password());
        if (challenge.algorithm().isSession()) {
            secret = hash(secret + ":" + challenge.nonce() + ":" + cnonce);
        }
        String request = hash(method + ":" + uri);
        return challenge.qopAuth()
                ? hash(secret + ":" + challenge.nonce() + ":" + nonceCount() + ":" + cnonce + ":auth:" + request)
                : hash(secret + ":" + challenge.nonce() + ":" + request);
    }

    private String nonceCount() {
        return String.format("%08x", count);
    }

    private String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(challenge.algorithm().digest())
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** Leaves everything out. */
    @Override
    public String toString() {
        return "DigestAnswer";
    }
}
