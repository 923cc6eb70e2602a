package dev.provhub.tftp.server;

/** Says what a request gets. */
@FunctionalInterface
public interface TftpRequestHandler {
    /**
     * Takes a request. Called on the event loop: must hand over to another thread before it blocks.
     *
     * @param reply to be used once, from any thread, now or later
     */
    void handle(TftpRequest request, TftpReply reply);
}
