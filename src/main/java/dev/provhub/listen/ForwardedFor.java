package dev.provhub.listen;

import dev.provhub.config.AddressRange;
import dev.provhub.config.ListenerGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * For whom a balancer asks: the last address in {@code X-Forwarded-For} that is not a trusted one itself. What stands before
 * that was written by the client and is not looked at. The address goes into the device log and nowhere else; no other header of
 * a balancer is believed, a client certificate in one least of all.
 */
final class ForwardedFor {
    private ForwardedFor() {}

    /** The request as it is, or one whose remote address is the client's, without a port. */
    static Request applied(Request request, ListenerGuard guard) {
        if (guard.trustedProxies().isEmpty()
                || !(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote)
                || !guard.trusts(remote.getAddress())) {
            return request;
        }
        return client(request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false), guard)
                .<Request>map(address -> new Asked(request, address))
                .orElse(request);
    }

    private static Optional<InetAddress> client(List<String> addresses, ListenerGuard guard) {
        Optional<InetAddress> client = Optional.empty();
        for (int i = addresses.size() - 1; i >= 0; i--) {
            String text = addresses.get(i).strip().replaceFirst("^\\[(.*)]$", "$1");
            Optional<InetAddress> address = AddressRange.literal(text);
            if (address.isEmpty()) {
                return client;
            }
            client = address;
            if (!guard.trusts(address.get())) {
                return client;
            }
        }
        return client;
    }

    private static final class Asked extends Request.Wrapper {
        private final ConnectionMetaData connection;

        Asked(Request request, InetAddress client) {
            super(request);
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return new InetSocketAddress(client, 0);
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
