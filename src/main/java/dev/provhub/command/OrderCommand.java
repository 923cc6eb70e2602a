package dev.provhub.command;

import dev.provhub.device.Nearest;
import dev.provhub.order.api.OrderPreview;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub order …}: orders before they are sent. */
@Command(
        name = "order",
        description = "Looks at orders before they are sent.",
        mixinStandardHelpOptions = true,
        subcommands = OrderCommand.Mapped.class)
final class OrderCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "map is missing");
    }

    @Command(
            name = "map",
            description =
                    "Shows what config/order-mapping.yaml makes of an order: TMF641 or a site's own JSON, or CSV by the"
                            + " end of the name. Secrets are masked. Nothing is sent, no hub need run. Exit code 1 when anything"
                            + " would be refused; what would be held is no such thing.",
            mixinStandardHelpOptions = true)
    static final class Mapped implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private OrderCommand parent;

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("");

        private List<String> names = List.of();
        private int worst;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new ParameterException(parent.spec.commandLine(), file + " cannot be read");
            }
            OrderPreview preview = parent.hub.launcher().orderPreview(parent.hub.read());
            names = preview.names();
            if (OrderPreview.isCsv(file.toString())) {
                try (InputStream csv = Files.newInputStream(file)) {
                    preview.ofCsv(csv, this::print);
                } catch (IOException e) {
                    System.err.println("hub: " + e.getMessage());
                    return 1;
                }
            } else {
                preview.ofMessage(OrderPreview.text(Files.readAllBytes(file))).forEach(this::print);
            }
            return worst;
        }

        private void print(OrderPreview.Shown shown) {
            String action = shown.action() == null ? "?" : shown.action().wireName();
            System.out.println("item " + shown.item() + ": " + action
                    + (shown.externalId() == null ? "" : ", externalId " + shown.externalId()));
            print("  ", shown.fields());
            if (!shown.settings().isEmpty()) {
                System.out.println("  settings of the device:");
                print("    ", shown.settings());
            }
            for (String name : shown.unused()) {
                String near = Nearest.of(name, names);
                System.out.println("  not taken: " + name + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
            }
            shown.wanted().ifPresent(wanted -> System.out.println("  held: " + wanted));
            for (String problem : shown.problems()) {
                System.out.println("  refused: " + problem);
                worst = 1;
            }
        }

        private static void print(String indent, Map<String, String> values) {
            int widest = values.keySet().stream().mapToInt(String::length).max().orElse(0);
            values.forEach((name, value) ->
                    System.out.println(indent + name + " ".repeat(widest - name.length() + 2) + value));
        }
    }
}
