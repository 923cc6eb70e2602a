package dev.provhub.sealing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The gzip container of RFC 1952, which phones recognise by {@code 1f 8b}. The same bytes in give the same bytes out: the
 * header holds neither time nor name.
 */
public final class Gzip {
    /** A profile is hardly smaller at the highest level, and takes longer. */
    private static final int LEVEL = 6;

    private Gzip() {}

    /** Compresses, in memory. */
    public static byte[] compress(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (LevelledGzip gzip = new LevelledGzip(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("gzip in memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Takes the container off again.
     *
     * @param limitBytes the largest plain text that is accepted, so that a small body cannot fill the memory
     * @throws UnsealingException when it is no gzip, is cut off, or holds more
     */
    public static byte[] decompress(byte[] body, int limitBytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = gzip.readNBytes(limitBytes + 1);
            if (plain.length > limitBytes) {
                throw new UnsealingException("gzip body holds more than " + limitBytes + " bytes");
            }
            return plain;
        } catch (IOException e) {
            throw new UnsealingException("not a whole gzip body");
        }
    }

    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(LEVEL);
        }
    }
}
