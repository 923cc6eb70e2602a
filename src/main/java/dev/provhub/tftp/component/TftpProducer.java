package dev.provhub.tftp.component;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.commons.net.tftp.TFTP;

/** Reads a file from a server into the body, or writes the body. */
public class TftpProducer extends DefaultProducer {
    private final TftpEndpoint endpoint;

    /** @param endpoint says where, what and how long */
    public TftpProducer(TftpEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        TftpConfiguration configuration = endpoint.getConfiguration();
        Message in = exchange.getIn();
        String name = in.getHeader(TftpConstants.FILE_NAME, configuration.getFile(), String.class);
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "no file is named, neither in the URI nor in " + TftpConstants.FILE_NAME);
        }
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of the file holds a zero byte");
        }
        TftpOperations operation =
                in.getHeader(TftpConstants.OPERATION, configuration.getOperation(), TftpOperations.class);
        int mode = mode(in.getHeader(TftpConstants.MODE, configuration.getMode(), String.class));
        InetAddress server = InetAddress.getByName(configuration.getHost());
        try (TftpClient client = new TftpClient(
                server,
                configuration.getPort(),
                Duration.ofMillis(configuration.getRequestTimeout()),
                configuration.getMaxRetransmissions())) {
            if (operation == TftpOperations.put) {
                client.put(name, mode, in.getMandatoryBody(byte[].class));
            } else {
                byte[] file = client.get(name, mode, configuration.getMaxReadBytes());
                Message out = exchange.getMessage();
                out.setBody(file);
                out.setHeader(TftpConstants.FILE_NAME, name);
            }
        }
    }

    private static int mode(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "octet" -> TFTP.BINARY_MODE;
            case "netascii" -> TFTP.NETASCII_MODE;
            default -> throw new IllegalArgumentException("mode " + name + " is not octet or netascii");
        };
    }
}
