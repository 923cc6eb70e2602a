package dev.provhub;

import dev.provhub.config.Listener;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Handshakes a second with a client certificate, full and resumed, of the modern listener and of nginx with the same RSA-2048
 * certificate, in turns; the clients are four {@code openssl s_time} on the same cores. A handshake is followed by one request.
 * Needs openssl and nginx on the path.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Djava.security.properties=src/test/security/old-tls.properties")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class HandshakeBench {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 4;
    private static final int WARMUP_SECONDS = 5;
    private static final int COLD_SECONDS = 40;
    private static final Pattern CONNECTIONS = Pattern.compile("(\\d+) connections in (\\d+) real seconds");

    /** Whose TLS: the JDK's, or Conscrypt's as the first provider. */
    @Param({"jdk", "conscrypt"})
    public String tls = "jdk";

    private HubUnderTest hub;
    private Path folder;
    private Process nginx;
    private int nginxPort;

    /** A hub, and nginx beside it. */
    @Setup
    public void start() throws Exception {
        if (tls.equals("conscrypt")) {
            Security.insertProviderAt(
                    (Provider) Class.forName("org.conscrypt.OpenSSLProvider")
                            .getConstructor()
                            .newInstance(),
                    1);
        }
        folder = Files.createTempDirectory("handshakes");
        // Conscrypt has none of the old phones' suites
        hub = HubUnderTest.start(folder.resolve("data"), Map.of("hub.https-legacy.enabled", "false"));
        DeviceFiles.issue(hub, folder, new MacAddress("0002fdff2103"), "CBT141400UK", "SPA508G");
        try (ServerSocket free = new ServerSocket(0)) {
            nginxPort = free.getLocalPort();
        }
        Path certificates = hub.config().folders().data().resolve("certs").toAbsolutePath();
        Path configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; pid %1$s/nginx.pid; error_log stderr crit; worker_processes 2;
                events { worker_connections 1024; }
                http {
                  access_log off; ssl_session_cache shared:s:10m; ssl_session_tickets on;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s;
                  scgi_temp_path %1$s;
                  server {
                    listen 127.0.0.1:%2$d ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client optional_no_ca;
                    ssl_certificate %3$s/server.crt; ssl_certificate_key %3$s/server.key;
                    location / { return 404; }
                  }
                }
                """.formatted(folder, nginxPort, certificates));
        nginx = new ProcessBuilder("nginx", "-c", configuration.toString())
                .inheritIO()
                .start();
        while (!listens(nginxPort)) {
            if (!nginx.isAlive()) {
                throw new IllegalStateException("nginx does not start");
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops both. */
    @TearDown
    public void stop() {
        nginx.destroy();
        hub.close();
    }

    /** All four kinds of handshake; prints a line for each. */
    @Benchmark
    public void handshakes() throws Exception {
        Listener listener = hub.config().listeners().https();
        // Until the JDK's arithmetic is compiled, a handshake costs twice as much
        rate(listener.port(), "-tls1_2", "-new", COLD_SECONDS);
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            for (String kind : new String[] {"-new", "-reuse"}) {
                rate(listener.port(), version, kind, WARMUP_SECONDS);
                double ours = 0;
                double theirs = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    ours += rate(listener.port(), version, kind, SECONDS) / ROUNDS;
                    theirs += rate(nginxPort, version, kind, SECONDS) / ROUNDS;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%n%s %s %s: hub %.0f/s, nginx %.0f/s, ratio %.2f%n",
                        tls,
                        version.substring(1),
                        kind.substring(1),
                        ours,
                        theirs,
                        ours / theirs);
            }
        }
    }

    private double rate(int port, String version, String kind, int seconds) throws Exception {
        List<Process> clients = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Path output = folder.resolve("s_time-" + i);
            outputs.add(output);
            clients.add(new ProcessBuilder(
                            "openssl",
                            "s_time",
                            "-connect",
                            "127.0.0.1:" + port,
                            version,
                            kind,
                            "-time",
                            "" + seconds,
                            "-www",
                            "/x",
                            "-cert",
                            folder.resolve("device.crt").toString(),
                            "-key",
                            folder.resolve("device.key").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start());
        }
        double rate = 0;
        for (int i = 0; i < CLIENTS; i++) {
            clients.get(i).waitFor();
            String output = Files.readString(outputs.get(i));
            Matcher found = CONNECTIONS.matcher(output);
            if (!found.find()) {
                throw new IllegalStateException("openssl s_time said: " + output);
            }
            long reused = output.chars().filter(mark -> mark == 'r').count();
            if (kind.equals("-reuse") && reused < Long.parseLong(found.group(1)) / 2) {
                return Double.NaN; // not resumed
            }
            // s_time counts one second more than it was told
            rate += Double.parseDouble(found.group(1)) / Double.parseDouble(found.group(2));
        }
        return rate;
    }
}
