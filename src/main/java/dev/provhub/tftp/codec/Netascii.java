package dev.provhub.tftp.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The text mode of RFC 1350: a line ends with CR LF, a lone CR is CR NUL (RFC 764). Keeps no state; any thread. */
public final class Netascii {
    private Netascii() {}

    /** As it goes over the wire, from line ends of Unix. */
    public static byte[] encode(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 16);
        for (byte b : bytes) {
            if (b == '\n') {
                out.write('\r');
                out.write('\n');
            } else if (b == '\r') {
                out.write('\r');
                out.write(0);
            } else {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    /** The reverse. A CR before anything else than LF or NUL stays as it is. */
    public static byte[] decode(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' && i + 1 < bytes.length && (bytes[i + 1] == '\n' || bytes[i + 1] == 0)) {
                i++;
                out[size++] = bytes[i] == 0 ? (byte) '\r' : (byte) '\n';
            } else {
                out[size++] = b;
            }
        }
        return Arrays.copyOf(out, size);
    }
}
