package dev.provhub.secrets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The bearer token of the administration interface, in a file that only its owner may read. */
public final class AdminToken {
    private final byte[] token;

    private AdminToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the token, or makes one when the file is not there. */
    public static AdminToken openOrCreate(Path file, RandomSecrets secrets) {
        if (!Files.exists(file)) {
            SecretFile.write(file, secrets.newToken() + "\n");
        }
        String token = SecretFile.read(file).strip();
        if (token.isEmpty()) {
            throw new SecretException(file + " is empty; delete it and the hub makes a new token");
        }
        return new AdminToken(token);
    }

    /** Whether this is it; takes the same time for a wrong one, however much of it is right. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(token, candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AdminToken[masked]";
    }
}
