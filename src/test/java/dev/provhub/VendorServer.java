package dev.provhub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the vendor's redirection service: gives every unit the profile that was filed. */
final class VendorServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final byte[] filed;

    VendorServer(byte[] filed) throws IOException {
        this.filed = filed.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** As units are built to ask. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rc?id=$MAU:$SN:$PN";
    }

    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        exchange.sendResponseHeaders(200, filed.length);
        exchange.getResponseBody().write(filed);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
