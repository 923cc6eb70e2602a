package dev.provhub.command;

import dev.provhub.config.FolderTree;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.ops.logging.QuietLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub test-routes DIR}: tests of routes that need no Java. */
@Command(
        name = "test-routes",
        description = {
            "Runs the tests in the files *.test.yaml below a folder, each file against a hub of its own.",
            "It listens on free ports of this machine, with the routes and the configuration of this one and an empty",
            "database. Exit code 1 when one fails."
        },
        mixinStandardHelpOptions = true)
final class TestRoutesCommand implements Callable<Integer> {
    private static final String SCHEMA = "/routing/route-test.schema.json";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "folder or file; the shipped tests when missing")
    private @Nullable Path where;

    @Option(names = "--schema", description = "prints the JSON schema of such files, for an editor, and ends")
    private boolean schema;

    @Option(names = "--verbose", description = "shows what the hubs of the tests log, too")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (schema) {
            System.out.print(schema());
            return 0;
        }
        if (verbose) {
            return runAll();
        }
        // What a test shows is its result
        try (QuietLog quiet = new QuietLog()) {
            return runAll();
        }
    }

    private int runAll() throws IOException, InterruptedException {
        Path from = where == null ? hub.read().folders().routes().resolve("tests") : where;
        List<Path> files = files(from);
        if (files.isEmpty()) {
            System.err.println("hub: there is no file *" + RouteTest.ENDING + " in " + from);
            return 1;
        }
        int failed = 0;
        int all = 0;
        for (Path file : files) {
            List<RouteTest> tests;
            try {
                tests = RouteTest.read(file);
            } catch (IllegalConfigurationException e) {
                System.out.println("FAIL " + e.getMessage());
                failed++;
                continue;
            }
            all += tests.size();
            failed += run(tests);
        }
        System.out.println(failed == 0 ? all + " tests, all good." : all + " tests, " + failed + " failed.");
        return failed == 0 ? 0 : 1;
    }

    static String schema() throws IOException {
        try (InputStream in = TestRoutesCommand.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> files(Path from) {
        try (Stream<Path> files = Files.walk(from)) {
            return files.filter(file -> file.toString().endsWith(RouteTest.ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(from + " cannot be read", e);
        }
    }

    /** How many failed. */
    private int run(List<RouteTest> tests) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hub-test-routes");
        int failed = 0;
        try (RunningHub running = hub.launcher().start(hub.read(settings(data)));
                RouteTestRun run = new RouteTestRun(running, hub.clock())) {
            for (RouteTest test : tests) {
                List<String> differences = differences(run, test);
                System.out.println((differences.isEmpty() ? "ok   " : "FAIL ") + test.name());
                differences.forEach(difference -> System.out.println("     " + difference));
                failed += differences.isEmpty() ? 0 : 1;
            }
        } finally {
            FolderTree.delete(data);
        }
        return failed;
    }

    private static List<String> differences(RouteTestRun run, RouteTest test) throws InterruptedException {
        try {
            return run.run(test);
        } catch (IllegalConfigurationException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | IOException e) {
            return List.of(test.file() + ":" + test.line() + ": " + e);
        }
    }

    private static Map<String, String> settings(Path data) {
        Map<String, String> settings = new HashMap<>();
        for (String listener : List.of("tftp", "http", "https", "https-legacy", "api", "sip", "syslog")) {
            settings.put("hub." + listener + ".host", "127.0.0.1");
            settings.put("hub." + listener + ".port", "0");
        }
        settings.put("hub.data", data.toString());
        settings.put("hub.import.dir", data.resolve("import").toString());
        settings.put("hub.database.url", "");
        settings.put("hub.master-key.env", "");
        settings.put("hub.master-key.command", "");
        settings.put("hub.alarm.url", "");
        settings.put("hub.publish.dir", "");
        settings.put("hub.publish.sftp", "");
        for (String url : List.of("tftp", "http", "https", "https-legacy", "api")) {
            settings.put("hub.public." + url, "");
        }
        return settings;
    }
}
