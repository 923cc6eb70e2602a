package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpErrorCode;

/** The answer to one request. The first call counts; any thread. */
public interface TftpReply {
    /** Sends a file. The content is closed when the transfer ends, however it ends. */
    void send(TftpContent content);

    /** Refuses, with the fixed text of the code. */
    void refuse(TftpErrorCode code);

    /** Whether the client still waits for it. Once false it stays so, and what is said then is passed over. */
    boolean isWanted();
}
