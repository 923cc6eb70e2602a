package dev.provhub;

import dev.provhub.store.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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
 * Orders a second from CSV rows that are posted, and from Kafka with a broker in this process: each for a device and a line of its own,
 * until the last is carried out and on disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FeedBench {
    private static final int WARM = 10_000;
    private static final int ROWS = 50_000;
    private static final int MESSAGES = 10_000;
    private static final String TOPIC = "bench-orders";
    private static final String GROUP = "bench-hub";

    /** Where the hub keeps what it knows. */
    @Param({"H2", "POSTGRES"})
    public String engine = "H2";

    private KafkaBroker kafka;
    private HubUnderTest hub;
    private int next;
    private long sent;

    /** A hub on a fresh database, and a broker. */
    @Setup
    public void start() throws Exception {
        Path folder = Files.createTempDirectory("feeds");
        kafka = KafkaBroker.start(TOPIC);
        hub = HubUnderTest.start(
                folder.resolve("data"),
                Map.of(
                        "hub.database.url",
                        Engine.valueOf(engine).freshUrl(folder),
                        "hub.database.user",
                        "",
                        "hub.kafka.brokers",
                        kafka.address(),
                        "hub.kafka.orders",
                        TOPIC,
                        "hub.kafka.group",
                        GROUP));
    }

    /** Ends them. */
    @TearDown
    public void stop() throws Exception {
        hub.close();
        kafka.close();
    }

    /** Rows of one file. */
    @Benchmark
    public double csv() throws Exception {
        rows(WARM);
        return measured("CSV", ROWS, () -> rows(ROWS));
    }

    /** Messages of one topic. */
    @Benchmark
    public double kafka() throws Exception {
        messages(WARM);
        return measured("Kafka", MESSAGES, () -> messages(MESSAGES));
    }

    private interface Work {
        void run() throws Exception;
    }

    private double measured(String feed, int count, Work work) throws Exception {
        ProcessorTime timeBefore = ProcessorTime.now();
        long before = System.nanoTime();
        work.run();
        double rate = count / ((System.nanoTime() - before) / 1e9);
        System.out.printf(
                Locale.ROOT,
                "%n%s, %s: %.0f orders/s (%s)%n",
                engine,
                feed,
                rate,
                ProcessorTime.now().since(timeBefore, count));
        return rate;
    }

    private void rows(int count) throws Exception {
        StringBuilder csv = new StringBuilder("externalId,macAddress,deviceModel,sipUser,sipPassword,sipDomain\n");
        for (int i = 0; i < count; i++) {
            csv.append(String.format(
                    "B-%1$d,%2$012x,SPA508G,%1$d,Pw-%1$d,sip.example.net%n", ++next, 0x000e08000000L + next));
        }
        long ok = hub.post("/api/v1/imports", "text/csv", csv.toString())
                .body()
                .lines()
                .filter(line -> line.contains(",ok,"))
                .count();
        if (ok != count) {
            throw new IllegalStateException(ok + " of " + count + " rows were taken");
        }
    }

    private void messages(int count) throws Exception {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(
                    "{\"externalId\":\"B-%1$d\",\"macAddress\":\"%2$012x\",\"deviceModel\":\"SPA508G\",\"sipUser\":\"%1$d\",\"sipPassword\":\"Pw-%1$d\",\"sipDomain\":\"sip.example.net\"}"
                            .formatted(++next, 0x000e08000000L + next));
        }
        kafka.send(TOPIC, orders);
        sent += count;
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> kafka.committed(GROUP, TOPIC) == sent);
    }

    /** Without JMH: {@code FeedBench ENGINE}. */
    public static void main(String[] arguments) throws Exception {
        FeedBench bench = new FeedBench();
        bench.engine = arguments[0];
        bench.start();
        try {
            bench.csv();
            bench.kafka();
        } finally {
            bench.stop();
        }
        System.exit(0);
    }
}
