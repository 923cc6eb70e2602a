package dev.provhub.listen;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Sends bytes and reads bytes, so that a test sees what is really on the wire. */
public final class RawHttp {
    private RawHttp() {}

    static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * The same over any kind of socket. A server that closes without reading everything is no mistake.
     *
     * @param isAll whether the server is told that nothing follows
     */
    public static String exchange(SocketFactory sockets, int port, String request, boolean isAll) throws IOException {
        try (Socket socket = sockets.createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                if (isAll) {
                    socket.shutdownOutput();
                }
            } catch (IOException closedEarly) {
                // What it has answered until then is still to be read
            }
            return readToEnd(socket);
        }
    }

    /** What a server still sends, until it closes or resets the connection. */
    public static String readToEnd(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[65536];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return answer.toString();
        }
        return answer.toString();
    }

    /** The same with the one value that changes from day to day replaced. */
    public static String withoutDate(String answer) {
        return answer.replaceAll("Date: [^\r]+ GMT\r\n", "Date: *\r\n");
    }
}
