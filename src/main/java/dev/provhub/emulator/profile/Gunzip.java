package dev.provhub.emulator.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates a gzip file (section 1.4); a raw zlib stream is none. */
final class Gunzip {
    /** Real dumps reach 198 kB. */
    private static final int LARGEST_PROFILE_BYTES = 4 << 20;

    private Gunzip() {}

    static boolean isOne(byte[] body) {
        return body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    }

    static byte[] open(byte[] body) throws CorruptFileException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(LARGEST_PROFILE_BYTES + 1);
            if (plain.length > LARGEST_PROFILE_BYTES) {
                throw new CorruptFileException("inflates to more than " + LARGEST_PROFILE_BYTES + " bytes");
            }
            return plain;
        } catch (IOException e) {
            throw new CorruptFileException("gzip does not inflate");
        }
    }
}
