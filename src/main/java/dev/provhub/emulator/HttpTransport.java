package dev.provhub.emulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** HTTP and HTTPS GET as the phones send it, over plain sockets (protocol sections 3.4 and 5). Thread-safe. */
final class HttpTransport implements Transport {

    private static final int MAX_REDIRECTS = 5;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final ConnectVia connectVia;
    private final TlsSockets tls;

    HttpTransport(ConnectVia connectVia, TlsSockets tls) {
        this.connectVia = connectVia;
        this.tls = tls;
    }

    @Override
    public Fetched get(PhoneUrl url, String userAgent, OpenSocket sockets) throws FetchException, IOException {
        PhoneUrl at = url;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (Socket socket = connect(at, sockets)) {
                HttpAnswer answer = ask(socket, at, userAgent);
                if (answer.status() == 200) {
                    return new Fetched(at, answer.body(), protocol(socket));
                } else if (answer.status() == 404) {
                    throw FetchException.noSuchFile();
                } else if (!answer.isRedirect() || answer.location() == null) {
                    throw new FetchException("http_get failed: " + answer.status());
                }
                at = at.resolve(answer.location());
            }
        }
        throw new FetchException("http_get failed: more than " + MAX_REDIRECTS + " redirects");
    }

    private Socket connect(PhoneUrl url, OpenSocket sockets) throws FetchException, IOException {
        if (url.scheme().equals("tftp")) {
            throw new FetchException("http_get failed: redirected to tftp");
        }
        InetSocketAddress server = connectVia.address(url.address(), url.port());
        Socket socket = new Socket();
        sockets.opened(socket);
        try {
            socket.setSoTimeout((int) READ_TIMEOUT.toMillis());
            socket.connect(server, (int) CONNECT_TIMEOUT.toMillis());
            return url.scheme().equals("https") ? tls.secure(socket, url.address(), url.port()) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static HttpAnswer ask(Socket socket, PhoneUrl url, String userAgent) throws IOException {
        String request = "GET " + url.path() + " HTTP/1.1\r\nHost: " + url.hostHeader() + "\r\nUser-Agent: " + userAgent
                + "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
        return HttpAnswer.read(in, MAX_BODY_BYTES);
    }

    private static @Nullable String protocol(Socket socket) {
        return socket instanceof SSLSocket secure ? secure.getSession().getProtocol() : null;
    }
}
