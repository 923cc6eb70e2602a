package dev.provhub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.listen.RawHttp;
import dev.provhub.store.Database;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger writes is never a line of the hub's log, nor a word to the operator's terminal. */
class LogInjectionIT {
    private static final Pattern CLEAN_LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[.]\\d{3} (ERROR|WARN|INFO|DEBUG|TRACE) .*");
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
    private static final List<String> TRICKS = List.of(
            "\r\n2026-01-01 00:00:00.000 INFO  Hub forged",
            "\n2026-01-01 00:00:00.000 INFO  Hub forged",
            "\u001b[2J\u001b[31mforged",
            "\u009b31mforged",
            "\u0085forged",
            "\u2028forged",
            "\u2029forged",
            "\u202eforged",
            "\u0000forged",
            "\u0007forged",
            "${jndi:ldap://127.0.0.1:1/forged}",
            "${env:PATH}forged",
            "%0d%0aforged",
            "{}forged{}");

    @Test
    void whateverIsSent_isOneCleanLineAtMost(@TempDir Path folder) throws Exception {
        Map<String, String> settings = new HashMap<>(HubUnderTest.settings(folder.resolve("data"), Map.of()));
        int http = freePort();
        int tftp = freePort();
        settings.put("hub.http.port", "" + http);
        settings.put("hub.tftp.port", "" + tftp);
        settings.put("hub.log.level", "debug");
        String output;
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            hub.awaitReady();
            int before = hub.output().length();
            for (String trick : TRICKS) {
                overHttp(http, trick);
                overTftp(tftp, trick);
            }
            hub.terminate();
            output = hub.output().substring(before);
        }

        assertThat(UNSHOWABLE.matcher(output).find()).as(output).isFalse();
        assertThat(output.lines().filter(line -> !line.isEmpty()))
                .allMatch(line -> CLEAN_LINE.matcher(line).matches())
                .noneMatch(line -> line.startsWith("2026-01-01 00:00:00.000"));
        assertThat(output).doesNotContain(System.getenv("PATH"));
        assertThat(deviceLog(folder)).anyMatch(text -> text.contains("forged"));
        for (String text : deviceLog(folder)) {
            assertThat(UNSHOWABLE.matcher(text).find()).as(text).isFalse();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void overHttp(int port, String trick) throws IOException {
        StringBuilder escaped = new StringBuilder();
        for (byte b : trick.getBytes(UTF_8)) {
            escaped.append(String.format("%%%02x", b));
        }
        String plain = trick.replaceAll("[\r\n\0]", " ");
        for (String request : new String[] {
            "GET /" + escaped + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /firmware/" + escaped + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /p/aaaaaaaaaaaaaaaaaaaaaaaaaa/" + escaped
                    + "/1/profile.cfg HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /" + trick + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: h\r\nUser-Agent: " + plain + "\r\nX-A: " + plain
                    + "\r\nConnection: close\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: h\r\nUser-Agent: " + trick + "\r\nConnection: close\r\n\r\n",
            trick + " /x HTTP/1.1\r\nHost: " + trick + "\r\nConnection: close\r\n\r\n"
        }) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request.getBytes(UTF_8));
                socket.shutdownOutput();
                assertThat(RawHttp.readToEnd(socket)).doesNotContain("forged");
            }
        }
    }

    private static void overTftp(int port, String trick) throws IOException {
        String name = trick.replace("\0", "");
        for (String datagram : new String[] {
            "\0\1" + name + "\0octet\0",
            "\0\1/firmware/" + name + "\0octet\0",
            "\0\1spa508G.cfg\0" + name + "\0",
            "\0\2" + name + "\0octet\0",
            "\0\5\0\0" + name + "\0",
            "\0\7" + name
        }) {
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] bytes = datagram.getBytes(UTF_8);
                socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
                if (datagram.charAt(1) != 5) {
                    socket.setSoTimeout(10_000);
                    socket.receive(new DatagramPacket(new byte[600], 600));
                }
            }
        }
        // And one transfer that ends, because its end is a line of its own
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = "\0\1spa508G.cfg\0octet\0".getBytes(UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            DatagramPacket data = new DatagramPacket(new byte[600], 600);
            socket.receive(data);
            byte[] error = ("\0\5\0\0" + name + "\0").getBytes(UTF_8);
            socket.send(new DatagramPacket(error, error.length, data.getSocketAddress()));
        }
    }

    private static List<String> deviceLog(Path folder) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Database database = Database.open("jdbc:h2:file:" + folder.resolve("data/hub"), "hub", "");
                Connection connection = database.dataSource().getConnection();
                ResultSet rows =
                        connection.createStatement().executeQuery("select what, outcome, reason from device_event")) {
            while (rows.next()) {
                texts.add(rows.getString(1) + rows.getString(2) + rows.getString(3));
            }
        }
        assertThat(texts).isNotEmpty();
        return texts;
    }
}
