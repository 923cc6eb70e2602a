package dev.provhub.tftp.codec;

/** Bytes that are no TFTP packet. Carries what the sender is told; without a stack trace, since anybody can cause it. */
public final class TftpDecoderException extends Exception {
    private final TftpErrorCode code;

    TftpDecoderException(TftpErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** What the sender is told. */
    public TftpErrorCode code() {
        return code;
    }
}
