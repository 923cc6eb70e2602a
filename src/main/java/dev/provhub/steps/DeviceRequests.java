package dev.provhub.steps;

import dev.provhub.device.DeviceRequest;
import dev.provhub.device.Transport;
import dev.provhub.tftp.component.TftpConstants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;

/** Reads a phone's request out of the message that a listener made. */
final class DeviceRequests {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private DeviceRequests() {}

    static DeviceRequest of(Exchange exchange) {
        HttpMessage http = exchange.getIn(HttpMessage.class);
        return http != null ? ofHttp(http.getRequest()) : ofTftp(exchange);
    }

    /** Whether the phone sends something. */
    static boolean isUpload(Exchange exchange) {
        String method = exchange.getIn().getHeader(Exchange.HTTP_METHOD, "", String.class);
        return exchange.getIn(HttpMessage.class) == null
                ? exchange.getIn().getHeader(TftpConstants.WRITE, false, Boolean.class)
                : method.equals("POST") || method.equals("PUT");
    }

    private static DeviceRequest ofTftp(Exchange exchange) {
        InetSocketAddress remote = exchange.getIn().getHeader(TftpConstants.REMOTE_ADDRESS, InetSocketAddress.class);
        String name = exchange.getIn().getHeader(TftpConstants.FILE_NAME, "", String.class);
        return new DeviceRequest(Transport.TFTP, name, "", null, null, text(remote), List.of());
    }

    private static DeviceRequest ofHttp(HttpServletRequest request) {
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute(CERTIFICATES);
        return new DeviceRequest(
                request.isSecure() ? Transport.HTTPS : Transport.HTTP,
                decoded(request.getRequestURI()),
                request.getQueryString() == null ? "" : request.getQueryString(),
                request.getHeader("Host"),
                request.getHeader("User-Agent"),
                remote(request),
                chain == null ? List.of() : List.of(chain));
    }

    /** A balancer says the address of a client, not its port. */
    private static String remote(HttpServletRequest request) {
        return request.getRemotePort() <= 0
                ? request.getRemoteAddr()
                : request.getRemoteAddr() + ":" + request.getRemotePort();
    }

    /** A name that cannot be decoded is kept as it is: it will match no rule. */
    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static String text(InetSocketAddress address) {
        return address == null ? "unknown" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
