package dev.provhub.listen;

import dev.provhub.config.ListenerGuard;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;

/**
 * Takes the PROXY header, version 1 or 2, off the beginning of each connection (haproxy's proxy-protocol.txt): it says for whom a
 * balancer asks. When trusted proxies are named, only their connections begin with one; else every connection must.
 */
final class BalancedConnections extends ProxyConnectionFactory {
    private final ListenerGuard guard;

    private BalancedConnections(ListenerGuard guard, String next) {
        super(next);
        this.guard = guard;
    }

    /** Before the connectors start. */
    static void expectOn(Server server, ListenerGuard guard) {
        for (Connector connector : server.getConnectors()) {
            AbstractConnector open = (AbstractConnector) connector;
            BalancedConnections first = new BalancedConnections(guard, open.getDefaultProtocol());
            open.addFirstConnectionFactory(first);
            open.setDefaultProtocol(first.getProtocol());
        }
    }

    /** There is no header: what a connection is about is not guessed (proxy-protocol.txt, section 2). */
    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
        endPoint.close();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        boolean believed = guard.trustedProxies().isEmpty()
                || (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && guard.trusts(remote.getAddress()));
        return believed
                ? super.newConnection(connector, endPoint)
                : connector.getConnectionFactory(findNextProtocol(connector)).newConnection(connector, endPoint);
    }
}
