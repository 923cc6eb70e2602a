package dev.provhub.tftp.component;

import java.io.IOException;

/** A server has refused. Its text is not repeated here: it is anybody's. */
public class TftpErrorException extends IOException {
    private final int code;

    /** @param code 0 to 65535; 0 to 8 are of RFC 1350 and 2347 */
    public TftpErrorException(int code) {
        super("TFTP server answered with error " + code);
        this.code = code;
    }

    /** As on the wire: 1 is "File not found", 2 "Access violation", 3 "Disk full". */
    public int getCode() {
        return code;
    }
}
