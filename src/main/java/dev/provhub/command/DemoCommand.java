package dev.provhub.command;

import dev.provhub.config.HubConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub demo}: the main job, seen from an order to a two-step firmware upgrade. */
@Command(
        name = "demo",
        description = {
            "Starts a hub, sends it a TMF641 order and a CSV file, boots virtual phones and prints what became of them.",
            "Exit code 0 only if every phone arrived."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration IMPORT_PATIENCE = Duration.ofMinutes(1);
    private static final Duration PHONES_PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 100;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--keep", description = "leave the hub and the phones running, and print the addresses")
    private boolean keep;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port of the administration interface; a free one if not given")
    private int apiPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoWorkspace workspace = DemoWorkspace.create(hub.home());
        Map<String, String> settings = workspace.settings();
        settings.put("hub.api.port", Integer.toString(apiPort));
        settings.put("hub.import.quiet-seconds", "1");
        HubConfig config = hub.read(settings);
        try (RunningHub running = hub.launcher().start(config)) {
            System.out.println("A hub runs on free ports of this machine; its files are in " + workspace.folder());
            AdministrationClient client =
                    new AdministrationClient(running.config(), CallerToken.ofHub(running.config()));
            sendOrders(client, running.config().folders().importDir());
            try (DemoFleetRun phones = new DemoFleetRun(workspace.fleet(), running, hub.clock())) {
                System.out.println("Booting " + workspace.fleet().phones().size()
                        + " virtual phones, clocks speeded up " + DemoFleetRun.PHONE_SECONDS_PER_SECOND + "-fold");
                boolean allArrived = phones.awaitAll(client, PHONES_PATIENCE);
                System.out.println();
                System.out.println(DemoTable.of(phones.rows()));
                System.out.println(allArrived ? "Every phone arrived." : "Not every phone arrived.");
                if (keep) {
                    keepRunning(running);
                }
                return allArrived ? 0 : 1;
            }
        } finally {
            workspace.delete();
        }
    }

    private static void sendOrders(AdministrationClient client, Path importDir)
            throws IOException, InterruptedException {
        AdministrationClient.Answer answer = client.post(
                "/tmf-api/serviceOrdering/v4/serviceOrder",
                "application/json",
                DemoWorkspace.order().getBytes(StandardCharsets.UTF_8));
        System.out.println("Posted a TMF641 order: " + answer.status());
        Path part = Files.writeString(importDir.resolve("phones.part"), DemoWorkspace.csv());
        Files.move(part, importDir.resolve("phones.csv"), StandardCopyOption.ATOMIC_MOVE);
        Path result = importDir.resolve("phones.result.csv");
        long until = System.nanoTime() + IMPORT_PATIENCE.toNanos();
        while (!Files.exists(result) && System.nanoTime() < until) {
            Thread.sleep(POLL_MILLIS);
        }
        List<String> rows = Files.exists(result) ? Files.readAllLines(result) : List.of();
        System.out.println("Dropped a CSV file: "
                + rows.stream().filter(row -> row.contains(",ok,")).count() + " rows ok, "
                + rows.stream().filter(row -> row.contains(",failed,")).count() + " failed");
        rows.stream().filter(row -> row.contains(",failed,")).forEach(System.out::println);
    }

    private static void keepRunning(RunningHub running) throws InterruptedException {
        RunCommand.Addresses.print(running);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopped.countDown();
                            joinQuietly(waiting);
                        },
                        "demo-stop"));
        stopped.await();
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(15).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
