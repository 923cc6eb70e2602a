package dev.provhub;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * Whether the time of an answer tells known devices from unknown ones: timings of both, interleaved in random order on one
 * connection, and how far their distributions lie apart (Kolmogorov-Smirnov). Prints the statistic and what it may be when both
 * are the same, in 99 of 100 runs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Djava.security.properties=src/test/security/old-tls.properties")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OracleBench {
    private static final int TIMINGS = 5_000;
    private static final int WARMUP = 20_000;
    private static final int DEVICES = 200;
    /** Of the Kolmogorov-Smirnov test at 1 %. */
    private static final double AT_ONE_PERCENT = 1.628;

    private final Random random = new Random(42);
    private HubUnderTest hub;
    private Path folder;

    /** A hub that knows 200 devices. */
    @Setup
    public void start() throws Exception {
        folder = Files.createTempDirectory("oracle");
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        for (int i = 0; i < DEVICES; i++) {
            int status = hub.send("PUT", "/api/v1/devices/" + mac(0, i), "{\"model\":\"SPA508G\"}")
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("device not made: " + status);
            }
        }
    }

    /** Leaves the folder to the system. */
    @TearDown
    public void stop() {
        hub.close();
    }

    private static String mac(int kind, int number) {
        return String.format(Locale.ROOT, "0002fd%02x%04x", kind, number);
    }

    /** All four comparisons. */
    @Benchmark
    public double knownAndUnknown() throws IOException {
        double worst = 0;
        for (Door door : new Door[] {Door.HTTP, Door.HTTPS}) {
            worst = Math.max(worst, compare(door, "/spa%s.cfg", "default path"));
            worst = Math.max(worst, compare(door, "/b/508G/%s.cfg", "/b without certificate"));
        }
        return worst;
    }

    private double compare(Door door, String name, String what) throws IOException {
        long[][] nanos = new long[2][TIMINGS];
        try (Socket socket =
                door.sockets().createSocket("127.0.0.1", door.of(hub).port())) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < WARMUP; i++) {
                time(socket, String.format(Locale.ROOT, name, mac(i % 2, random.nextInt(DEVICES))));
            }
            for (int i = 0; i < TIMINGS; i++) {
                int first = random.nextInt(2);
                for (int kind : new int[] {first, 1 - first}) {
                    nanos[kind][i] = time(socket, String.format(Locale.ROOT, name, mac(kind, random.nextInt(DEVICES))));
                }
            }
        }
        Arrays.sort(nanos[0]);
        Arrays.sort(nanos[1]);
        double distance = distance(nanos[0], nanos[1]);
        System.out.printf(
                Locale.ROOT,
                "%n%s, %s: D = %.4f, at 1 %% %.4f; median known %.1f us, unknown %.1f us%n",
                door,
                what,
                distance,
                AT_ONE_PERCENT * Math.sqrt(2.0 / TIMINGS),
                nanos[0][TIMINGS / 2] / 1000.0,
                nanos[1][TIMINGS / 2] / 1000.0);
        return distance;
    }

    private static double distance(long[] a, long[] b) {
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            long value = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == value) {
                i++;
            }
            while (j < b.length && b[j] == value) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return largest;
    }

    /** From the first byte sent to the last byte of the answer, in nanoseconds. */
    private static long time(Socket socket, String path) throws IOException {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[8192];
        long begin = System.nanoTime();
        socket.getOutputStream().write(request);
        readAnswer(socket.getInputStream(), buffer);
        return System.nanoTime() - begin;
    }

    private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        while (true) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new IOException("closed");
            }
            filled += read;
            String text = new String(buffer, 0, filled, StandardCharsets.US_ASCII);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                int at = text.indexOf("Content-Length: ") + 16;
                int length = Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)));
                if (filled >= end + 4 + length) {
                    return;
                }
            }
        }
    }
}
