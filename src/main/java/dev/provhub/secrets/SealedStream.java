package dev.provhub.secrets;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A stream of any length under a master key. Nothing of it is handed out that was not checked; a piece that is missing,
 * altered or moved is noticed, and so is a missing end.
 *
 * <pre>
 * "PHS1" || key id[8] || salt[32] || piece 0 || piece 1 || … || last piece
 * piece = AES-256-GCM( 65536 bytes, the last one 0 to 65536 ) || tag[16]
 *         key   HMAC-SHA256( master key, "stream" || salt )
 *         nonce 0[3] || number of the piece[8] || 1 for the last one, else 0
 *         associated data: everything before piece 0
 * </pre>
 */
public final class SealedStream {
    private static final byte[] MAGIC = "PHS1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 8;
    private static final int SALT_BYTES = 32;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int COUNTER_AT = 3;
    private static final int LAST_AT = 11;

    private SealedStream() {}

    /** What is written to the result is sealed and goes to {@code out}; closing it writes the end, and closes {@code out}. */
    public static OutputStream seal(OutputStream out, MasterKey key, SecureRandom random) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] head = ByteBuffer.allocate(MAGIC.length + ID_BYTES + SALT_BYTES)
                .put(MAGIC)
                .put(key.id().getBytes(StandardCharsets.US_ASCII))
                .put(salt)
                .array();
        out.write(head);
        return new Sealing(out, new Pieces(key, salt, head));
    }

    /**
     * Reads what {@link #seal} has written.
     *
     * @param keys the key of an id; null when it is not at hand
     * @throws SecretException when it is no such stream or its key is not at hand; reading the result throws it too
     */
    public static InputStream open(InputStream in, Function<String, @Nullable MasterKey> keys) throws IOException {
        byte[] head = in.readNBytes(MAGIC.length + ID_BYTES + SALT_BYTES);
        if (head.length < MAGIC.length + ID_BYTES + SALT_BYTES
                || !Arrays.equals(MAGIC, Arrays.copyOf(head, MAGIC.length))) {
            throw new SecretException("this is not a sealed stream");
        }
        String id = new String(head, MAGIC.length, ID_BYTES, StandardCharsets.US_ASCII);
        MasterKey key = keys.apply(id);
        if (key == null) {
            throw new SecretException("it is sealed under master key " + (id.matches("[0-9a-f]{8}") ? id : "?")
                    + ", which is not at hand");
        }
        return new Opening(in, new Pieces(key, Arrays.copyOfRange(head, MAGIC.length + ID_BYTES, head.length), head));
    }

    private static final class Pieces {
        private final SecretKeySpec key;
        private final byte[] head;
        private long number;

        Pieces(MasterKey master, byte[] salt, byte[] head) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(master.bytes(), "HmacSHA256"));
                mac.update("stream".getBytes(StandardCharsets.US_ASCII));
                this.key = new SecretKeySpec(mac.doFinal(salt), "AES");
                this.head = head;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HMAC-SHA256 is not to be had", e);
            }
        }

        byte[] next(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
            byte[] nonce = new byte[NONCE_BYTES];
            ByteBuffer.wrap(nonce).putLong(COUNTER_AT, number++);
            nonce[LAST_AT] = (byte) (last ? 1 : 0);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(head);
            return cipher.doFinal(bytes, 0, length);
        }
    }

    private static final class Sealing extends FilterOutputStream {
        private final Pieces pieces;
        private final byte[] buffer = new byte[PIECE_BYTES];
        private int filled;
        private boolean closed;

        Sealing(OutputStream out, Pieces pieces) {
            super(out);
            this.pieces = pieces;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                if (filled == PIECE_BYTES) {
                    writePiece(false);
                }
                int more = Math.min(length - done, PIECE_BYTES - filled);
                System.arraycopy(bytes, offset + done, buffer, filled, more);
                filled += more;
                done += more;
            }
        }

        private void writePiece(boolean last) throws IOException {
            try {
                out.write(pieces.next(Cipher.ENCRYPT_MODE, buffer, filled, last));
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-256-GCM is not to be had", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                writePiece(true);
                out.close();
            }
        }
    }

    private static final class Opening extends InputStream {
        private final InputStream in;
        private final Pieces pieces;
        private byte[] ahead;
        private byte[] plain = {};
        private int at;
        private boolean ended;

        Opening(InputStream in, Pieces pieces) throws IOException {
            this.in = in;
            this.pieces = pieces;
            this.ahead = in.readNBytes(PIECE_BYTES + TAG_BYTES);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (at == plain.length && !ended) {
                nextPiece();
            }
            int some = Math.min(length, plain.length - at);
            if (some == 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(plain, at, bytes, offset, some);
            at += some;
            return some;
        }

        private void nextPiece() throws IOException {
            byte[] piece = ahead;
            ahead = in.readNBytes(PIECE_BYTES + TAG_BYTES);
            boolean last = ahead.length == 0;
            if (piece.length < TAG_BYTES) {
                throw new EOFException("the sealed stream has no end");
            }
            try {
                plain = pieces.next(Cipher.DECRYPT_MODE, piece, piece.length, last);
                at = 0;
                ended = last;
            } catch (GeneralSecurityException e) {
                throw new SecretException("the sealed stream was altered or cut off");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
