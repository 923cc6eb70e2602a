package dev.provhub.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device export} and {@code import}: devices in spreadsheets. */
final class DeviceFileCommands {
    private static final String PATH = "/api/v1/devices.csv";

    private DeviceFileCommands() {}

    @Command(
            name = "export",
            description = "Writes devices into a CSV file, without their secrets. Imported again it changes nothing.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("");

        @Option(names = "--filter", paramLabel = "FILTER", description = "only these")
        private @Nullable String filter;

        @Override
        public Integer call() throws IOException {
            Path whole = file.toAbsolutePath();
            Path part = Files.createTempFile(whole.getParent(), ".devices", ".part");
            try {
                String query = filter == null ? "" : "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
                AdministrationClient.Answer answer = parent.client().download(PATH + query, part);
                if (DeviceFilterOutput.isRefused(answer)) {
                    return DeviceFilterOutput.complain(answer, filter);
                }
                Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            System.out.println(file + " is written");
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Makes and changes devices by the rows of a CSV file with a column mac.",
                "An empty cell leaves alone, none takes away. Prints the rows that failed; exit code 1 when any did."
            },
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("");

        @Option(names = "--dry-run", description = "only says what would become of each row")
        private boolean dryRun;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                throw new ParameterException(spec.commandLine(), file + " cannot be read");
            }
            Path result = Files.createTempFile("devices", ".result.csv");
            try {
                AdministrationClient.Answer answer =
                        parent.client().upload(PATH + (dryRun ? "?dryRun=true" : ""), "text/csv", file, result);
                return DeviceFilterOutput.isRefused(answer) ? DeviceFilterOutput.complain(answer, null) : told(result);
            } finally {
                Files.deleteIfExists(result);
            }
        }

        private int told(Path result) throws IOException {
            Map<String, Long> counts = new TreeMap<>();
            try (Stream<String> rows = Files.lines(result)) {
                rows.skip(1).forEach(row -> {
                    String[] cells = row.split(",", 4);
                    if (cells.length == 4 && cells[0].matches("\\d+")) {
                        counts.merge(cells[2], 1L, Long::sum);
                        if (cells[2].equals("failed")) {
                            System.out.println("row " + cells[0] + " " + cells[1] + ": " + cells[3]);
                        }
                    }
                });
            }
            long failed = counts.getOrDefault("failed", 0L);
            System.out.println((dryRun ? "dry run: " : "") + counts.getOrDefault("created", 0L) + " created, "
                    + counts.getOrDefault("changed", 0L) + " changed, " + counts.getOrDefault("unchanged", 0L)
                    + " unchanged, " + failed + " failed");
            return failed == 0 ? 0 : 1;
        }
    }
}
