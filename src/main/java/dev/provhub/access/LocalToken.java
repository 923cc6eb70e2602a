package dev.provhub.access;

import dev.provhub.secrets.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in that nobody can lose who may read the data folder: a token with role {@code admin} in a file of mode 0600, which
 * the commands on this machine use. Thread-safe.
 */
public final class LocalToken {
    private static final Logger LOG = LoggerFactory.getLogger(LocalToken.class);
    private static final String NAME = "admin.token";
    private static final String BY = "hub";

    private final Path file;
    private final AccessTokens tokens;
    private final Supplier<String> secrets;

    /**
     * Of one file.
     *
     * @param secrets gives a new token of 256 random bits
     */
    public LocalToken(Path file, AccessTokens tokens, Supplier<String> secrets) {
        this.file = file;
        this.tokens = tokens;
        this.secrets = secrets;
    }

    /** Makes the file when it is missing or its token was revoked, and a row for it when that is missing. */
    public synchronized void ensure() {
        String secret = Files.exists(file) ? SecretFile.read(file).strip() : "";
        Optional<AccessToken> kept = secret.isEmpty() ? Optional.empty() : tokens.kept(secret);
        if (secret.isEmpty() || kept.filter(token -> token.revoked() != null).isPresent()) {
            secret = secrets.get();
            kept = Optional.empty();
            // The file first: without a row for it the next start makes one
            SecretFile.write(file, secret + "\n");
            LOG.info("Made an administration token file={}", file);
        }
        if (kept.isEmpty()) {
            tokens.adopt(secret, NAME, Role.ADMIN, BY);
        }
    }

    /** A token has another secret now; when it is the one in the file, the file has it too. */
    public synchronized void rotated(AccessTokens.Issued issued) {
        boolean isInFile = Files.exists(file)
                && tokens.kept(SecretFile.read(file).strip())
                        .filter(token -> token.id().equals(issued.token().id()))
                        .isPresent();
        if (isInFile) {
            SecretFile.write(file, issued.secret() + "\n");
        }
    }
}
