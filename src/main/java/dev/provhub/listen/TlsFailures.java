package dev.provhub.listen;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;

/**
 * Hears of TLS handshakes that fail. A phone that does not trust the hub's certificate, or that speaks older TLS, shows itself by
 * nothing else.
 */
public final class TlsFailures implements Connection.Listener {
    private static final String CLOSED = "closed in the middle of the handshake";

    private final Consumer<Failure> heard;

    /**
     * A handshake that failed.
     *
     * @param remote address and port of the other side
     * @param reason as the TLS engine has it, e.g. {@code Received fatal alert: certificate_expired}
     */
    public record Failure(String remote, String reason) {}

    TlsFailures(Consumer<Failure> heard) {
        this.heard = heard;
    }

    void watch(Connector connector) {
        connector.addBean(this);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection tls) {
            Watch watch = new Watch(tls, heard);
            tls.addHandshakeListener(watch);
            tls.addEventListener(watch);
        }
    }

    /** One handshake. Some phones close without a word when they do not like a certificate, and that counts as well. */
    private static final class Watch implements SslHandshakeListener, Connection.Listener {
        private final SslConnection connection;
        private final Consumer<Failure> heard;
        /** Asked for at the beginning: of a connection that is closed nobody can tell. */
        private final String remote;

        private final AtomicBoolean over = new AtomicBoolean();

        Watch(SslConnection connection, Consumer<Failure> heard) {
            this.connection = connection;
            this.heard = heard;
            this.remote = text(connection.getEndPoint().getRemoteSocketAddress());
        }

        @Override
        public void handshakeSucceeded(Event event) {
            over.set(true);
        }

        @Override
        public void handshakeFailed(Event event, Throwable failure) {
            tell(reason(failure));
        }

        /** What has sent nothing at all was no phone, but somebody who looks whether the port is open. */
        @Override
        public void onClosed(Connection closed) {
            if (connection.getBytesIn() > 0) {
                tell(CLOSED);
            }
        }

        private void tell(String reason) {
            if (over.compareAndSet(false, true)) {
                heard.accept(new Failure(remote, reason));
            }
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ClosedChannelException || failure instanceof EofException) {
            return CLOSED;
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }
}
