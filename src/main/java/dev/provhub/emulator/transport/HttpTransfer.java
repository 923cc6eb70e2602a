package dev.provhub.emulator.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One request and its response on a connection of their own, as phones do it. */
final class HttpTransfer {
    private final PhoneNetwork network;
    private final PhoneTls tls;
    private final ServerName serverName;

    HttpTransfer(PhoneNetwork network, PhoneTls tls, ServerName serverName) {
        this.network = network;
        this.tls = tls;
        this.serverName = serverName;
    }

    /** @param withLogin whether to send the login that the request carries */
    HttpResponse exchange(FetchRequest request, boolean withLogin) throws IOException {
        Socket socket = connect(request.url());
        try {
            Socket talk =
                    request.url().scheme() == Scheme.HTTPS ? tls.handshake(socket, request.url(), serverName) : socket;
            OutputStream out = talk.getOutputStream();
            out.write(bytesOf(request, withLogin));
            out.flush();
            return new HttpResponseReader(new BufferedInputStream(talk.getInputStream()), request.maxBytes()).read();
        } finally {
            network.connections().close(socket);
        }
    }

    /** Tries all addresses of the host in turn. */
    private Socket connect(PhoneUrl url) throws IOException {
        IOException last = new UnknownHostException(url.host() + " has no IPv4 address");
        for (InetSocketAddress address : network.addresses(url.host(), url.port())) {
            Socket socket = new Socket();
            network.connections().add(socket);
            try {
                socket.setSoTimeout((int) network.timeouts().read().toMillis());
                socket.connect(address, (int) network.timeouts().connect().toMillis());
                return socket;
            } catch (IOException e) {
                network.connections().close(socket);
                last = e;
            }
        }
        throw last;
    }

    private static byte[] bytesOf(FetchRequest request, boolean withLogin) {
        byte[] body = request.post().orElse("").getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder()
                .append(request.post().isPresent() ? "POST " : "GET ")
                .append(request.url().path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(request.url().authority())
                .append("\r\nUser-Agent: ")
                .append(request.userAgent())
                .append("\r\nAccept: */*\r\nConnection: close\r\n");
        if (withLogin) {
            head.append("Authorization: Basic ").append(base64(request.login().orElse("")));
            head.append("\r\n");
        }
        if (request.post().isPresent()) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private static String base64(String login) {
        return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
