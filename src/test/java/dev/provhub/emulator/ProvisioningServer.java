package dev.provhub.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Files over HTTP; keeps what it was asked and sent. */
final class ProvisioningServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** A request; the path with its query. */
    record Received(String method, String path, Headers headers, byte[] body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    ProvisioningServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    ProvisioningServer with(String path, byte[] body) {
        files.put(path, body);
        return this;
    }

    ProvisioningServer with(String path, String parameters) {
        String xml = "<flat-profile>" + parameters + "</flat-profile>";
        return with(path, xml.getBytes(StandardCharsets.UTF_8));
    }

    void without(String path) {
        files.remove(path);
    }

    /** Leaves the answer to somebody else; the request is kept and read before. */
    ProvisioningServer answering(String path, HttpHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Takes reports there, with an empty answer. */
    ProvisioningServer taking(String path) {
        return with(path, new byte[0]);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return received.stream().map(Received::path).toList();
    }

    List<String> agents() {
        return received.stream().map(request -> request.header("User-Agent")).toList();
    }

    List<Received> received() {
        return received;
    }

    Received last() {
        return received.get(received.size() - 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        received.add(new Received(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes()));
        HttpHandler handler = handlers.get(path);
        if (handler != null) {
            handler.handle(exchange);
            return;
        }
        byte[] body = files.get(path);
        exchange.sendResponseHeaders(body == null ? 404 : 200, body == null || body.length == 0 ? -1 : body.length);
        if (body != null && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
