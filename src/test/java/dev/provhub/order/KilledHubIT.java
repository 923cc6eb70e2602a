package dev.provhub.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.store.Database;
import dev.provhub.store.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted is there after {@code kill -9}, on the embedded database that writes late when it is left alone. */
class KilledHubIT {
    private static final int ORDERS = 40;

    @TempDir
    private Path folder;

    @Test
    void accept_thenKilled_orderIsThereAndIsCarriedOut() throws Exception {
        String url = Engine.H2.freshUrl(folder);
        List<String> promised = acceptedBeforeKill(url);
        assertThat(promised).hasSizeGreaterThanOrEqualTo(ORDERS);
        try (Database database = Engine.open(url)) {
            OrderWorld world = new OrderWorld(database);
            assertThat(promised)
                    .allSatisfy(id -> assertThat(world.orders.find(id)).isPresent());
            world.fulfilment().resume();
            assertThat(promised).allSatisfy(id -> assertThat(
                            world.orders.find(id).orElseThrow().state())
                    .isIn(OrderState.IN_PROGRESS, OrderState.COMPLETED));
        }
    }

    private static List<String> acceptedBeforeKill(String url) throws IOException, InterruptedException {
        Process hub = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Accepting.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> ids = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(hub.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("accepted ")) {
                    ids.add(line.substring("accepted ".length()));
                }
                if (ids.size() == ORDERS) {
                    // Not Process.destroyForcibly, which would also close the stream that we read
                    hub.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(hub.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return ids;
    }

    /** Accepts orders and says so, until it is killed. */
    public static final class Accepting {
        private Accepting() {}

        public static void main(String[] args) {
            OrderIntake intake = new OrderWorld(Engine.open(args[0])).intake();
            for (int number = 1; number < 100_000; number++) {
                String mac = String.format("0002fd%06x", number);
                IntakeResult result =
                        intake.accept(NewOrder.ofRow("K-" + number, OrderAction.ADD, OrderWorld.line(mac, 1)));
                System.out.println(
                        "accepted " + ((IntakeResult.Accepted) result).order().id());
                System.out.flush();
            }
        }
    }
}
