package dev.provhub.emulator.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is open at the moment, so that pulling the plug ends it at once. Thread-safe. */
final class OpenConnections {
    private final List<Channel> open = new ArrayList<>(1);
    private boolean closed;

    /**
     * Remembers a connection until it is closed.
     *
     * @throws IOException when the plug has been pulled; then the connection is closed
     */
    void add(Channel connection) throws IOException {
        synchronized (this) {
            if (!closed) {
                open.add(connection);
                connection.closeFuture().addListener(done -> forget(connection));
                return;
            }
        }
        connection.close();
        throw switchedOff();
    }

    synchronized void check() throws IOException {
        if (closed) {
            throw switchedOff();
        }
    }

    private static IOException switchedOff() {
        return new IOException("switched off");
    }

    private synchronized void forget(Channel connection) {
        open.remove(connection);
    }

    void closeAll() {
        List<Channel> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open);
        }
        all.forEach(Channel::close);
    }
}
