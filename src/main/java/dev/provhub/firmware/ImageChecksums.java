package dev.provhub.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 of the files that are served, made once for each as long as it is not changed. Any thread. */
public final class ImageChecksums {
    private static final int PIECE_BYTES = 128 << 10;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(long length, FileTime modified, String sha256) {}

    /** What is known of a file that has not changed since; 64 hex digits. Reads none of it. */
    public Optional<String> find(Path file) {
        Known sum = known.get(file);
        if (sum == null) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return sum.length() == now.size() && sum.modified().equals(now.lastModifiedTime())
                    ? Optional.of(sum.sha256())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes those that are missing, and forgets all others; a file that cannot be read has none. */
    public void refresh(Collection<Path> files) {
        known.keySet().retainAll(java.util.Set.copyOf(files));
        for (Path file : files) {
            if (find(file).isEmpty()) {
                make(file);
            }
        }
    }

    private void make(Path file) {
        try {
            BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
            String sha256 = sha256(file);
            known.put(file, new Known(before.size(), before.lastModifiedTime(), sha256));
        } catch (IOException e) {
            known.remove(file);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
