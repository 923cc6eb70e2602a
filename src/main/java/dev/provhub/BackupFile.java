package dev.provhub;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.WrappedKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the sealed part of a backup: two lines, the second one the master key under a pass phrase, or {@code -}.
 *
 * <pre>
 * provhub-backup 1
 * scrypt:65536:8:1:…:…
 * </pre>
 */
final class BackupFile {
    private static final String FIRST_LINE = "provhub-backup 1";
    private static final String NONE = "-";
    private static final int LONGEST_LINE = 16 * 1024;

    private BackupFile() {}

    /** @param passPhrase null for a backup without its key */
    static byte[] head(List<MasterKey> keys, @Nullable String passPhrase) {
        String wrapped = passPhrase == null ? NONE : WrappedKeys.wrap(keys, passPhrase, new SecureRandom());
        return (FIRST_LINE + "\n" + wrapped + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The wrapped keys; null when there are none. */
    static @Nullable String wrappedKeys(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String wrapped = skipHead(in, file);
            return wrapped.equals(NONE) ? null : wrapped;
        }
    }

    /** Reads up to the sealed part, and gives the second line. */
    static String skipHead(InputStream in, Path file) throws IOException {
        if (!line(in).equals(FIRST_LINE)) {
            throw new IllegalConfigurationException(file + " is not a backup of this hub");
        }
        return line(in);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST_LINE; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
