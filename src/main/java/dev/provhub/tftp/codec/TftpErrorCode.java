package dev.provhub.tftp.codec;

/** Error codes and their texts (RFC 1350, appendix; 8: RFC 2347). The texts are fixed: they tell nothing of the server. */
public enum TftpErrorCode {
    /** 0. */
    NOT_DEFINED(0, "Server error"),
    /** 1. */
    FILE_NOT_FOUND(1, "File not found"),
    /** 2. */
    ACCESS_VIOLATION(2, "Access violation"),
    /** 3. */
    DISK_FULL(3, "Disk full or allocation exceeded"),
    /** 4. */
    ILLEGAL_OPERATION(4, "Illegal TFTP operation"),
    /** 5. */
    UNKNOWN_TRANSFER(5, "Unknown transfer ID"),
    /** 6. */
    FILE_EXISTS(6, "File already exists"),
    /** 7. */
    NO_SUCH_USER(7, "No such user"),
    /** 8. */
    OPTIONS_REFUSED(8, "Option negotiation failed"),
    /** 0 on the wire, as there is no code for it: not now. */
    BUSY(0, "Busy, try again later");

    private final int number;
    private final String text;

    TftpErrorCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** As on the wire. */
    public int number() {
        return number;
    }

    /** The packet that says so. */
    public TftpPacket.ErrorPacket packet() {
        return new TftpPacket.ErrorPacket(number, text);
    }

    /** The code of a number; {@link #NOT_DEFINED} for one that is not known. */
    public static TftpErrorCode of(int number) {
        for (TftpErrorCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return NOT_DEFINED;
    }
}
