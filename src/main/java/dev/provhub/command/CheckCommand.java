package dev.provhub.command;

import dev.provhub.config.IllegalConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub check}: judges every file without starting anything. */
@Command(
        name = "check",
        description = "Checks settings, models, layers, mapping, catalog and route files. Exit code 1 on any error.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Parameters(
            arity = "0..1",
            paramLabel = "ROUTES",
            description = "folder of route files to check instead of routes/")
    @Nullable
    Path routes;

    @Override
    public Integer call() {
        Map<String, String> overrides = routes == null
                ? Map.of()
                : Map.of("hub.routes", routes.toAbsolutePath().toString());
        HubLauncher.Findings findings = findings(overrides);
        findings.remarks().forEach(remark -> System.out.println("note: " + remark));
        findings.problems().forEach(System.out::println);
        int problems = findings.problems().size();
        System.out.println(problems == 0 ? "All files are good." : problems + " problems.");
        return problems == 0 ? 0 : 1;
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is there without a terminal too, which costs some lines
    private HubLauncher.Findings findings(Map<String, String> overrides) {
        try {
            // For a person who waits; a script reads the findings alone
            boolean isWatched = System.console() != null;
            return hub.launcher().check(hub.read(overrides), what -> {
                if (isWatched) {
                    System.err.println("looking at " + what + " …");
                }
            });
        } catch (IllegalConfigurationException e) {
            return new HubLauncher.Findings(List.of(String.valueOf(e.getMessage())), List.of());
        }
    }
}
