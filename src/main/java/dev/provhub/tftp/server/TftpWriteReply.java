package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpErrorCode;

/** What becomes of a file that was written. The first call counts; any thread. */
public interface TftpWriteReply {
    /** It was taken: the client's last block is acknowledged. */
    void accept();

    /** It was not taken: the client gets this error for an acknowledgement. */
    void refuse(TftpErrorCode code);

    /** Whether the client still waits for it. Once false it stays so, and what is said then is passed over. */
    boolean isWanted();
}
