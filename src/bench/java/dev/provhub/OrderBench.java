package dev.provhub;

import dev.provhub.store.Engine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
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
 * TMF641 orders a second, each for a device and a line of its own, 50 in flight over HTTP, until each is answered 201: kept,
 * carried out and on disk. The client is on the same cores. With listeners, each order is three events more, which are sent to a
 * receiver in this process.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OrderBench {
    private static final int IN_FLIGHT = 50;
    private static final int WARM = Integer.getInteger("orders.warm", 25_000);
    private static final int ORDERS = 40_000;
    private static final int MOST_SECONDS = 300;

    /** Where the hub keeps what it knows. */
    @Param({"H2", "POSTGRES"})
    public String engine = "H2";

    /** How many listen to events. */
    @Param({"0", "1"})
    public int listeners = 0;

    private final AtomicInteger next = new AtomicInteger();
    private HubUnderTest hub;
    private EventListener oss;
    private HttpClient client;

    /** A hub on a fresh database. */
    @Setup
    public void start() throws Exception {
        Path folder = Files.createTempDirectory("orders");
        oss = new EventListener();
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.database.url",
                        Engine.valueOf(engine).freshUrl(folder),
                        "hub.database.user",
                        "",
                        "hub.events.allow",
                        oss.url()));
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        for (int i = 0; i < listeners; i++) {
            hub.post(
                    "/tmf-api/serviceOrdering/v4/hub",
                    "application/json",
                    "{\"callback\":\"" + oss.url() + "/" + i + "\"}");
        }
    }

    /** Ends it. */
    @TearDown
    public void stop() {
        hub.close();
        oss.close();
    }

    /** Warms up, then measures. */
    @Benchmark
    public double orders() throws Exception {
        send(WARM);
        ProcessHandle self = ProcessHandle.current();
        Duration busyBefore = self.info().totalCpuDuration().orElse(Duration.ZERO);
        ProcessorTime timeBefore = ProcessorTime.now();
        long before = System.nanoTime();
        long[] latencies = send(ORDERS);
        double seconds = (System.nanoTime() - before) / 1e9;
        Duration busy = self.info().totalCpuDuration().orElse(Duration.ZERO).minus(busyBefore);
        Arrays.sort(latencies);
        System.out.printf(
                Locale.ROOT,
                "%n%s, %d listeners: %.0f orders/s, p50 %.1f ms, p99 %.1f ms, %.2f ms of processor time each with the client (%s), %d"
                        + " events received by the end%n",
                engine,
                listeners,
                ORDERS / seconds,
                latencies[ORDERS / 2] / 1e6,
                latencies[ORDERS * 99 / 100] / 1e6,
                busy.toNanos() / 1e6 / ORDERS,
                ProcessorTime.now().since(timeBefore, ORDERS),
                oss.count());
        drain();
        return ORDERS / seconds;
    }

    /** Says how fast the events that still wait come, once nothing else is to be done. */
    private void drain() throws InterruptedException {
        int waited = 0;
        int before = oss.count();
        long begun = System.nanoTime();
        int last = -1;
        while (last != oss.count() && waited < MOST_SECONDS) {
            last = oss.count();
            TimeUnit.SECONDS.sleep(1);
            waited++;
        }
        System.out.printf(
                Locale.ROOT, "%d events more within %.0f s%n", oss.count() - before, (System.nanoTime() - begun) / 1e9);
    }

    private long[] send(int count) throws Exception {
        AtomicLongArray latencies = new AtomicLongArray(count);
        Semaphore places = new Semaphore(IN_FLIGHT);
        AtomicInteger failed = new AtomicInteger();
        String token = hub.token();
        URI target =
                URI.create("http://" + hub.config().listeners().api() + "/tmf-api/serviceOrdering/v4/serviceOrder");
        for (int i = 0; i < count; i++) {
            places.acquire();
            int index = i;
            long begun = System.nanoTime();
            HttpRequest request = HttpRequest.newBuilder(target)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(order(next.incrementAndGet())))
                    .build();
            client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                latencies.set(index, System.nanoTime() - begun);
                if (failure != null || answer.statusCode() != 201) {
                    failed.incrementAndGet();
                }
                places.release();
            });
        }
        places.acquire(IN_FLIGHT);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " orders failed");
        }
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = latencies.get(i);
        }
        return all;
    }

    private static String order(int number) {
        return """
                {"externalId":"B-%1$d","priority":"4","category":"voice","@type":"ServiceOrder","relatedParty":[{"id":"cust-%1$d",
                "role":"customer","@type":"RelatedParty","@referredType":"Organization"}],"serviceOrderItem":[{"id":"1","action":"add",
                "service":{"state":"active","serviceCharacteristic":[{"name":"macAddress","value":"%2$012x"},
                {"name":"deviceModel","value":"SPA508G"},{"name":"lineNumber","value":1},{"name":"directoryNumber","value":"+49891%1$d"},
                {"name":"displayName","value":"Customer %1$d"},{"name":"sipUser","value":"49891%1$d"},{"name":"sipPassword","value":
                "Pw-%1$d-secret"},{"name":"sipDomain","value":"sip.example.net"},{"name":"plan","value":"office"}]}}]}
                """.formatted(number, 0x000e08000000L + number);
    }

    /** Without JMH: {@code OrderBench ENGINE LISTENERS}. */
    public static void main(String[] arguments) throws Exception {
        OrderBench bench = new OrderBench();
        bench.engine = arguments[0];
        bench.listeners = Integer.parseInt(arguments[1]);
        bench.start();
        try {
            bench.orders();
        } finally {
            bench.stop();
        }
        System.exit(0);
    }
}
