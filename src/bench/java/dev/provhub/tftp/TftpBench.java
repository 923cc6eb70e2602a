package dev.provhub.tftp;

import dev.provhub.tftp.component.TftpConsumer;
import dev.provhub.tftp.server.TftpContent;
import dev.provhub.tftp.server.TftpServer;
import dev.provhub.tftp.server.TftpServerSettings;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads of the server, of a Camel route, and of dnsmasq, atftpd and tftpd-hpa in turns, by one generator in C that is compiled
 * first ({@code src/bench/c/tftp-load.c}; needs {@code cc}). A peer that is not on the path is passed over; dnsmasq listens on
 * 127.0.0.11:69, so it needs root. The last column is the share of a core that the generator used: well below 1, it was not the
 * limit.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class TftpBench {
    private static final int ROUNDS = 3;
    private static final int HALF_OPEN = 5000;
    private static final int ATFTPD_PORT = 17003;
    private static final int HPA_PORT = 17004;

    /** What is asked for. */
    private record Load(
            String name,
            String file,
            int size,
            int inFlight,
            int requests,
            int blockSize,
            int window,
            boolean megabytes) {}

    private static final List<Load> LOADS = List.of(
            new Load("4 KiB, 100 in flight", "b4k.bin", 4096, 100, 15_000, 0, 0, false),
            new Load("4 KiB, 1,000 in flight", "b4k.bin", 4096, 1000, 15_000, 0, 0, false),
            new Load("4 MiB x 20, blksize 1468", "b4m.bin", 4 << 20, 20, 40, 1468, 0, true),
            new Load("4 MiB x 20, windowsize 8", "b4m.bin", 4 << 20, 20, 40, 1468, 8, true));

    private final Map<String, InetSocketAddress> targets = new LinkedHashMap<>();
    private final List<Process> peers = new ArrayList<>();
    private Path folder;
    private TftpServer single;
    private TftpServer own;
    private DefaultCamelContext context;

    /** Files, generator, servers. */
    @Setup
    public void start() throws Exception {
        Configurator.setLevel(TftpConsumer.class, Level.WARN);
        folder = Files.createTempDirectory(
                "tftp-bench", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        write("b4k.bin", 4096);
        write("b4m.bin", 4 << 20);
        run("cc", "-O2", "-o", folder.resolve("tftp-load").toString(), "src/bench/c/tftp-load.c");
        TftpServerSettings settings = new TftpServerSettings("127.0.0.1", 0, 1468, Duration.ofSeconds(1), 6, 20_000);
        single = serve(settings);
        own = serve(settings.withSinglePort(false));
        targets.put("server", new InetSocketAddress("127.0.0.1", single.port()));
        targets.put("server, own ports", new InetSocketAddress("127.0.0.1", own.port()));
        targets.put("Camel route", new InetSocketAddress("127.0.0.1", route()));
        peers();
    }

    private void write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(folder.resolve(name), bytes);
    }

    private TftpServer serve(TftpServerSettings settings) throws IOException {
        return TftpServer.start(
                settings,
                (request, reply) -> {
                    try {
                        reply.send(TftpContent.of(folder.resolve(request.fileName())));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                report -> {});
    }

    private int route() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("tftp:127.0.0.1:0?maxTransfers=20000").routeId("files").process(exchange -> exchange.getMessage()
                        .setBody(folder.resolve(exchange.getIn().getHeader("CamelTftpFileName", String.class))));
            }
        });
        context.start();
        return ((TftpConsumer) context.getRoute("files").getConsumer()).getBoundPort();
    }

    private void peers() throws IOException {
        String root = folder.toString();
        peer(
                "dnsmasq",
                new InetSocketAddress("127.0.0.11", 69),
                "dnsmasq --keep-in-foreground --port=0 --conf-file=/dev/null --no-resolv --no-hosts --user=nobody --pid-file="
                        + " --enable-tftp --tftp-max=4096 --quiet-tftp --bind-interfaces --listen-address=127.0.0.11 --tftp-root="
                        + root);
        peer(
                "atftpd",
                new InetSocketAddress("127.0.0.1", ATFTPD_PORT),
                "atftpd --daemon --no-fork --port " + ATFTPD_PORT
                        + " --bind-address 127.0.0.1 --user nobody.nogroup --maxthread 450 --verbose=3 --logfile - "
                        + root);
        peer(
                "in.tftpd",
                new InetSocketAddress("127.0.0.1", HPA_PORT),
                "in.tftpd -L -a 127.0.0.1:" + HPA_PORT + " -u nobody -s " + root);
    }

    private void peer(String program, InetSocketAddress at, String command) throws IOException {
        Optional<Path> found = Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator, -1))
                .map(path -> Path.of(path, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println(program + " is not there");
            return;
        }
        String[] words = command.split(" ", -1);
        words[0] = found.get().toString();
        peers.add(new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        targets.put(program, at);
    }

    /** Stops all. */
    @TearDown
    public void stop() {
        peers.forEach(Process::destroy);
        single.close();
        own.close();
        context.stop();
    }

    /** All loads on all targets in turns; prints the median of each, and its ratio to dnsmasq. */
    @Benchmark
    public void reads() throws Exception {
        for (String warm : new String[] {"server", "server, own ports", "Camel route"}) {
            for (Load load : LOADS) {
                measure(load, targets.get(warm));
            }
        }
        for (Load load : LOADS) {
            Map<String, List<String[]>> results = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, InetSocketAddress> target : targets.entrySet()) {
                    results.computeIfAbsent(target.getKey(), name -> new ArrayList<>())
                            .add(measure(load, target.getValue()));
                }
            }
            print(load, results);
        }
        List<DatagramSocket> idle = halfOpen();
        print(
                LOADS.get(0),
                Map.of(
                        "server beside " + HALF_OPEN + " idle",
                        List.<String[]>of(measure(LOADS.get(0), targets.get("server")))));
        idle.forEach(DatagramSocket::close);
    }

    private static void print(Load load, Map<String, List<String[]>> results) {
        int column = load.megabytes() ? 1 : 0;
        double best = results.containsKey("dnsmasq") ? median(results.get("dnsmasq"), column) : Double.NaN;
        System.out.printf(
                Locale.ROOT,
                "%n%s%n%-26s %9s %7s %8s %8s %6s %6s %5s%n",
                load.name(),
                "",
                load.megabytes() ? "MB/s" : "1/s",
                "ratio",
                "p50 ms",
                "p99 ms",
                "failed",
                "again",
                "load");
        results.forEach((name, rounds) -> System.out.printf(
                Locale.ROOT,
                "%-26s %9.0f %7.2f %8.2f %8.2f %6.0f %6.0f %5.2f%n",
                name,
                median(rounds, column),
                median(rounds, column) / best,
                median(rounds, 2),
                median(rounds, 3),
                median(rounds, 4),
                median(rounds, 5),
                median(rounds, 6)));
    }

    private static double median(List<String[]> rounds, int column) {
        double[] values = rounds.stream()
                .mapToDouble(round -> Double.parseDouble(round[column]))
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    private String[] measure(Load load, InetSocketAddress target) throws Exception {
        return run(
                        folder.resolve("tftp-load").toString(),
                        target.getAddress().getHostAddress(),
                        "" + target.getPort(),
                        load.file(),
                        "" + load.size(),
                        "" + load.inFlight(),
                        "" + load.requests(),
                        "" + load.blockSize(),
                        "" + load.window())
                .strip()
                .split(" ", -1);
    }

    private List<DatagramSocket> halfOpen() throws Exception {
        List<DatagramSocket> sockets = new ArrayList<>();
        byte[] request = "\0\1b4k.bin\0octet\0".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < HALF_OPEN; i++) {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            socket.send(new DatagramPacket(request, request.length, targets.get("server")));
            sockets.add(socket);
        }
        return sockets;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
