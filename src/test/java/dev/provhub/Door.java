package dev.provhub;

import dev.provhub.config.Listener;
import dev.provhub.listen.RawHttp;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The ways into a hub over TCP, for tests that send bytes of their own. */
enum Door {
    HTTP,
    HTTPS,
    LEGACY,
    API;

    Listener of(HubUnderTest hub) {
        return switch (this) {
            case HTTP -> hub.config().listeners().http();
            case HTTPS -> hub.config().listeners().https();
            case LEGACY -> hub.config().listeners().httpsLegacy();
            case API -> hub.config().listeners().api();
        };
    }

    SocketFactory sockets() {
        return this == HTTPS || this == LEGACY ? Tls.TRUSTING_ALL : SocketFactory.getDefault();
    }

    /** Sends this and no more. */
    String exchange(HubUnderTest hub, String request) throws IOException {
        return RawHttp.exchange(sockets(), of(hub).port(), request, true);
    }

    /** Sends this and lets the hub wait for more. */
    String begin(HubUnderTest hub, String request) throws IOException {
        return RawHttp.exchange(sockets(), of(hub).port(), request, false);
    }

    /** The answer to a GET with these further header lines, each with its CR LF. */
    String get(HubUnderTest hub, String path, String headers) throws IOException {
        return RawHttp.withoutDate(
                exchange(hub, "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers + "\r\n"));
    }

    private static final class Tls {
        static final SocketFactory TRUSTING_ALL = create();

        private static SocketFactory create() {
            X509TrustManager all = new X509TrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String authType) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String authType) {}

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            };
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {all}, new SecureRandom());
                return context.getSocketFactory();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
