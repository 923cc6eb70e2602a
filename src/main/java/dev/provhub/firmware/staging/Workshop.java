package dev.provhub.firmware.staging;

import dev.provhub.firmware.staging.StagingResult.Why;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder on the disk of the images in which one thing is staged: nothing of it is served from here, and all that is left of it is
 * deleted at the end.
 */
final class Workshop implements AutoCloseable {
    /** Begins with a dot: it is no image, and {@code ls} does not show it. */
    static final String FOLDER = ".staging";
    /** What nobody has gone on with for so long was left by a hub that died. */
    private static final Duration LEFT = Duration.ofHours(24);

    private static final int PIECE_BYTES = 128 << 10;
    /** So much must be left for others once it is staged. */
    static final long RESERVE_BYTES = 16L << 20;

    private final Path folder;
    private final Disk disk;
    private final long most;
    private long written;

    /** Says how much room there is. */
    @FunctionalInterface
    interface Disk {
        /** In bytes, for a file in this folder. */
        long usable(Path folder) throws IOException;
    }

    private Workshop(Path folder, Disk disk, long most) {
        this.folder = folder;
        this.disk = disk;
        this.most = most;
    }

    /** @param most bytes that all that is written may have */
    static Workshop open(Path images, Disk disk, long most, Instant now) throws IOException {
        Path all = Files.createDirectories(images.resolve(FOLDER));
        sweep(all, now.minus(LEFT));
        return new Workshop(Files.createTempDirectory(all, "s"), disk, most);
    }

    private static void sweep(Path all, Instant before) throws IOException {
        List<Path> left;
        try (Stream<Path> found = Files.list(all)) {
            left = found.toList();
        }
        for (Path old : left) {
            sweepOne(old, before);
        }
    }

    private static void sweepOne(Path old, Instant before) throws IOException {
        try {
            if (Files.getLastModifiedTime(old).toInstant().isBefore(before)) {
                delete(old);
            }
        } catch (NoSuchFileException e) {
            // Another hub was quicker
        }
    }

    /** A place for a file; names differ, whatever they are called outside. */
    Path place(int number) {
        return folder.resolve("f" + number);
    }

    /** Refuses what is declared to be more than there is room for. */
    void expect(long bytes) throws IOException, RefusalException {
        if (bytes > most) {
            throw tooLarge(bytes + " bytes are");
        }
        long usable = disk.usable(folder);
        if (usable - RESERVE_BYTES < Math.max(bytes, 0)) {
            throw new RefusalException(
                    Why.NO_SPACE,
                    "there is no room: " + usable + " bytes are left on the disk of the images, and "
                            + Math.max(bytes, 0) + " are needed besides a reserve of " + RESERVE_BYTES);
        }
    }

    private RefusalException tooLarge(String what) {
        return new RefusalException(
                Why.TOO_LARGE, what + " more than hub.firmware.max-mbytes allows, which is " + most + " bytes");
    }

    /** Writes all that comes, to the disk. The stream is not closed. */
    StagedImage.File write(InputStream in, Path to, String name) throws IOException, RefusalException {
        MessageDigest sha256 = sha256();
        long length = 0;
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                length += read;
                written += read;
                if (written > most) {
                    throw tooLarge("it unpacks to");
                }
                sha256.update(piece, 0, read);
                full(out, ByteBuffer.wrap(piece, 0, read));
            }
            sync(out);
        }
        return new StagedImage.File(name, length, HexFormat.of().formatHex(sha256.digest()));
    }

    private static void full(FileChannel out, ByteBuffer piece) throws RefusalException {
        try {
            while (piece.hasRemaining()) {
                out.write(piece);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static void sync(FileChannel out) throws RefusalException {
        try {
            out.force(true);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    static RefusalException notWritten(IOException cause) {
        return new RefusalException(
                Why.NO_SPACE, "it cannot be written to the disk of the images: " + cause.getMessage());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }
}
