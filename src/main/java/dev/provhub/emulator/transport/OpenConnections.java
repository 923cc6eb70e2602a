package dev.provhub.emulator.transport;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What is open at the moment, so that pulling the plug ends it at once. Thread-safe. */
final class OpenConnections {
    private final Set<Closeable> open = new HashSet<>();
    private boolean closed;

    /**
     * Remembers a connection before it is used.
     *
     * @throws IOException when the plug has been pulled
     */
    synchronized void add(Closeable connection) throws IOException {
        if (closed) {
            throw new IOException("switched off");
        }
        open.add(connection);
    }

    void close(Closeable connection) {
        synchronized (this) {
            open.remove(connection);
        }
        quietly(connection);
    }

    void closeAll() {
        Set<Closeable> all;
        synchronized (this) {
            closed = true;
            all = Set.copyOf(open);
            open.clear();
        }
        all.forEach(OpenConnections::quietly);
    }

    private static void quietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Nothing is lost: what was read is read, and the other side notices
        }
    }
}
