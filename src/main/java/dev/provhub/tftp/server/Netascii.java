package dev.provhub.tftp.server;

import java.io.ByteArrayOutputStream;

/** The text mode of RFC 1350: a line ends with CR LF, a lone CR is CR NUL (RFC 764). */
final class Netascii {
    private Netascii() {}

    static byte[] encode(byte[] bytes) {
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
}
