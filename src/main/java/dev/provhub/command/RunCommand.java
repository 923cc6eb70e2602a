package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.ops.logging.LogFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub run}: serves until it is told to stop. */
@Command(
        name = "run",
        description = "Starts the hub and serves until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Override
    public Integer call() throws InterruptedException {
        HubConfig config = hub.read();
        if (config.watching().jsonLog()) {
            LogFormat.json();
        }
        RunningHub running = hub.launcher().start(config);
        Addresses.print(running);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running.close();
                            stopped.countDown();
                        },
                        "hub-stop"));
        stopped.await();
        return 0;
    }

    /** Shown by {@code run} and by {@code demo --keep}. */
    static final class Addresses {
        private Addresses() {}

        static void print(RunningHub running) {
            HubConfig config = running.config();
            running.notices().forEach(System.out::println);
            System.out.println("TFTP            " + config.listeners().tftp() + "/udp   phones are told "
                    + running.publicAddresses().tftp());
            System.out.println("HTTP            " + config.listeners().http() + "       phones are told "
                    + running.publicAddresses().http());
            System.out.println("HTTPS           " + config.listeners().https() + "       phones are told "
                    + running.publicAddresses().https());
            if (config.listeners().httpsLegacyEnabled()) {
                System.out.println("HTTPS (TLS 1.0) " + config.listeners().httpsLegacy() + "       phones are told "
                        + running.publicAddresses().httpsLegacy());
            }
            System.out.println("Administration  " + config.listeners().api() + "     token in "
                    + config.folders().data().resolve("admin.token"));
            System.out.println(
                    "Orders          drop CSV files into " + config.folders().importDir());
            System.out.println("The hub is ready.");
        }
    }
}
