package dev.provhub.tftp.component;

/** What a producer does. */
public enum TftpOperations {
    /** Reads a file from a server. */
    get,
    /** Writes the body to a server. */
    put
}
