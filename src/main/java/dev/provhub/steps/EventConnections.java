package dev.provhub.steps;

import dev.provhub.order.event.CallbackRules;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Connections to listeners, kept open between events, to public addresses alone. */
public final class EventConnections {
    private static final int MOST = 1000;
    private static final int MOST_OF_ONE = 16;
    private static final Timeout PATIENCE = Timeout.ofSeconds(10);

    private EventConnections() {}

    /** Makes them. */
    public static PoolingHttpClientConnectionManager of(CallbackRules rules) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PublicHosts(rules))
                .setMaxConnTotal(MOST)
                .setMaxConnPerRoute(MOST_OF_ONE)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(PATIENCE).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(PATIENCE)
                        .setSocketTimeout(PATIENCE)
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
    }
}
