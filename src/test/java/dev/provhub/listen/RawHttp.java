package dev.provhub.listen;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes and reads bytes, so that a test sees what is really on the wire. */
final class RawHttp {
    private RawHttp() {}

    static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The same with the one value that changes from day to day replaced. */
    static String withoutDate(String answer) {
        return answer.replaceAll("Date: [^\r]+ GMT\r\n", "Date: *\r\n");
    }
}
