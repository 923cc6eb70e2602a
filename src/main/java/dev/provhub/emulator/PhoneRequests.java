package dev.provhub.emulator;

import java.io.IOException;
import java.util.function.Consumer;

/** The requests of one phone: its User-Agent, its TLS, its events. One request at a time; {@link #close} from anywhere. */
final class PhoneRequests implements AutoCloseable {

    private final PhoneMemory memory;
    private final Transport tftp;
    private final Transport http;
    private final Consumer<PhoneEvent> events;
    private AutoCloseable open = () -> {};
    private boolean closed;

    PhoneRequests(PhoneMemory memory, TlsSockets tls, ConnectVia connectVia, Consumer<PhoneEvent> events) {
        this.memory = memory;
        this.tftp = new TftpTransport(connectVia);
        this.http = new HttpTransport(connectVia, tls);
        this.events = events;
    }

    Transport.Fetched get(PhoneUrl url) throws FetchException {
        PhoneIdentity identity = memory.identity();
        String userAgent = identity.model().userAgent(memory.softwareVersion(), identity.mac(), identity.serial());
        events.accept(new PhoneEvent.Requested(url.toString()));
        try {
            return (url.scheme().equals("tftp") ? tftp : http).get(url, userAgent, this::opened);
        } catch (IOException e) {
            throw new FetchException(url.scheme() + " failed: " + e.getMessage());
        }
    }

    private synchronized void opened(AutoCloseable socket) {
        open = socket;
        if (closed) {
            end(socket);
        }
    }

    /** Breaks off the request in progress and all later ones. */
    @Override
    public synchronized void close() {
        closed = true;
        end(open);
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // The socket is given up either way
            return;
        }
    }
}
