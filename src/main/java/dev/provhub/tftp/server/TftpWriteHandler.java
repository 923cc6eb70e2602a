package dev.provhub.tftp.server;

/** Says which files may be written, and takes them. */
public interface TftpWriteHandler {
    /**
     * Whether a name may be written. Asked before a byte of the file is taken, for each request that comes, forged ones too:
     * called on the event loop, must be quick and must not block.
     */
    boolean accepts(TftpRequest request);

    /**
     * Takes a file. Called on the event loop once the last block is there: must hand over to another thread before it blocks.
     * The client's last packet is acknowledged when the reply says so, hence a client that was told of no error knows that its
     * file was taken.
     *
     * @param bytes what was written, belongs to the handler; line ends of text mode are those of Unix
     * @param reply to be used once, from any thread
     */
    void written(TftpRequest request, byte[] bytes, TftpWriteReply reply);
}
