package dev.provhub.emulator;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gets a file by one protocol. */
interface Transport {

    /** Sockets of a request in progress, to be closed when the phone is switched off. */
    interface OpenSocket {

        /** Remembers what closes the request that begins. */
        void opened(AutoCloseable socket);
    }

    /**
     * A file as it came.
     *
     * @param url where it came from, after redirects
     * @param tlsProtocol null without TLS
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fetched(PhoneUrl url, byte[] body, @Nullable String tlsProtocol) {}

    /** The longest body that a phone takes. */
    int MAX_BODY_BYTES = 64 * 1024 * 1024;

    /**
     * @throws FetchException if the server said no
     * @throws IOException if there was no whole answer
     */
    Fetched get(PhoneUrl url, String userAgent, OpenSocket sockets) throws FetchException, IOException;
}
