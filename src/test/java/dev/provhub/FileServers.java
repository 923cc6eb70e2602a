package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A folder of files behind dnsmasq (TFTP at port 69) and nginx (HTTP), as others wrote and run them. */
final class FileServers implements AutoCloseable {
    /** One for each JVM that runs tests side by side: the port is the same for all. */
    static final String TFTP_HOST = "127.0." + Integer.getInteger("hub.test.fork", 0) + ".69";

    private final Path folder;
    private final Path files;
    private final List<Process> servers = new ArrayList<>();
    private int webPort;

    private FileServers(Path folder) throws IOException {
        this.folder = folder;
        this.files = Files.createDirectory(folder.resolve("files"));
    }

    /**
     * Starts both; the test is passed over where one is missing.
     *
     * @param folder for their own files; what they serve lies in {@code files} in it
     */
    static FileServers start(Path folder) throws IOException {
        ExternalProgram.require("dnsmasq");
        ExternalProgram.require("nginx");
        assumeTrue(mayBindTftp(), "needs the right to bind port 69 of " + TFTP_HOST);
        FileServers servers = new FileServers(folder);
        servers.startNginx();
        servers.startDnsmasq();
        return servers;
    }

    Path files() {
        return files;
    }

    String webUrl() {
        return "http://127.0.0.1:" + webPort;
    }

    private static boolean mayBindTftp() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(TFTP_HOST, 69))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void startNginx() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            webPort = free.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%2$d; root %1$s/files; }
                }
                """.formatted(folder, webPort));
        // The workers run as another user
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        assertThat(folder.toFile().setReadable(true, false)).isTrue();
        run("nginx", "-c", config.toString(), "-p", folder.toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Socket socket = new Socket("127.0.0.1", webPort)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void startDnsmasq() throws IOException {
        Process dnsmasq = run(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--bind-interfaces",
                "--listen-address=" + TFTP_HOST,
                "--enable-tftp",
                "--tftp-root=" + files,
                "--user=root",
                "--pid-file=" + folder.resolve("dnsmasq.pid"));
        await().atMost(Duration.ofSeconds(20)).until(() -> dnsmasq.isAlive() && !mayBindTftp());
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".out").toFile())
                .start();
        servers.add(process);
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process server : servers) {
            server.destroy();
            server.waitFor();
        }
    }
}
