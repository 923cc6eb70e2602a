package dev.provhub.device;

/** How a request came in. */
public enum Transport {
    /** Datagrams in clear. */
    TFTP,
    /** In clear. */
    HTTP,
    /** Inside TLS of whatever version. */
    HTTPS
}
