package dev.provhub.emulator.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code --uid} and {@code --pwd}: answers a challenge by Digest (RFC 7616, MD5) where the server offers it, else by Basic.
 *
 * @param user     before the colon
 * @param password behind it
 */
record HttpLogin(String user, String password) {
    static HttpLogin of(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        return new HttpLogin(userAndPassword.substring(0, colon), userAndPassword.substring(colon + 1));
    }

    /** The value of {@code Authorization} for the server's challenges. */
    String answer(List<String> challenges, String method, String path) {
        Optional<DigestChallenge> digest = challenges.stream()
                .filter(challenge -> challenge.toLowerCase(Locale.ROOT).startsWith("digest "))
                .flatMap(challenge -> DigestChallenge.parse(challenge).stream())
                .findFirst();
        return digest.isPresent()
                ? digest.get().answer(user, password, method, path)
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
