package dev.provhub.notify;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a NOTIFY is sent: {@code host[:port][;transport=udp|tcp]}.
 *
 * @param host      name, IPv4 address, or IPv6 address in brackets
 * @param port      1 to 65535; null where none was said
 * @param transport null where none was said
 */
public record SipAddress(
        String host, @Nullable Integer port, @Nullable SipTransport transport) {
    /** What {@link #find} takes, for complaints. */
    public static final String ALLOWED = "host[:port][;transport=udp|tcp], an IPv6 address in brackets";

    private static final int HIGHEST_PORT = 65535;
    private static final Pattern SHAPE = Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]{2,45}\\]|"
            + "[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?){0,30}\\.?)"
            + "(:(?<port>[0-9]{1,5}))?(;transport=(?<transport>udp|tcp))?");

    /** Reads it; empty for everything else, and for what no header may hold. */
    public static Optional<SipAddress> find(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (text.length() > 300 || !shape.matches()) {
            return Optional.empty();
        }
        Integer port = shape.group("port") == null ? null : Integer.valueOf(shape.group("port"));
        if (port != null && (port < 1 || port > HIGHEST_PORT)) {
            return Optional.empty();
        }
        String transport = shape.group("transport");
        return Optional.of(new SipAddress(
                shape.group("host"),
                port,
                transport == null ? null : SipTransport.valueOf(transport.toUpperCase(Locale.ROOT))));
    }

    /** The port, or another one where none was said. */
    int portOr(int otherwise) {
        return port == null ? otherwise : port;
    }

    /** The transport, or another one where none was said. */
    SipTransport transportOr(SipTransport otherwise) {
        return transport == null ? otherwise : transport;
    }

    /** Host and, where it was said, port: what stands in a SIP URI behind the at sign. */
    String hostPort() {
        return port == null ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return hostPort()
                + (transport == null ? "" : ";transport=" + transport.name().toLowerCase(Locale.ROOT));
    }
}
